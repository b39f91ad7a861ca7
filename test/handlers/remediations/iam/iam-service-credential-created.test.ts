import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("iam-service-credential-created", () => {
  for (const [event, list, listed, update, member, id, responseElements] of [
    [
      "CreateServiceSpecificCredential",
      "ListServiceSpecificCredentials",
      "ServiceSpecificCredentials",
      "UpdateServiceSpecificCredential",
      "ServiceSpecificCredentialId",
      "ACCAEXAMPLE000000001",
      { serviceSpecificCredential: { userName: "bob", serviceSpecificCredentialId: "ACCAEXAMPLE000000001" } },
    ],
    [
      "UploadSSHPublicKey",
      "ListSSHPublicKeys",
      "SSHPublicKeys",
      "UpdateSSHPublicKey",
      "SSHPublicKeyId",
      "APKAEXAMPLE000000001",
      { sSHPublicKey: { userName: "bob", sSHPublicKeyId: "APKAEXAMPLE000000001" } },
    ],
    [
      "UploadSigningCertificate",
      "ListSigningCertificates",
      "Certificates",
      "UpdateSigningCertificate",
      "CertificateId",
      "CERTEXAMPLE00000000000001",
      { certificate: { userName: "bob", certificateId: "CERTEXAMPLE00000000000001" } },
    ],
  ] as const)
    it(`makes inactive what ${event} made`, async () => {
      const attack = (live: unknown) =>
        plannedFor(
          "iam-service-credential-created",
          `iam:${event}`,
          { requestParameters: { userName: "bob" }, responseElements },
          { aws: { [`iam:${list}`]: live as never } },
        );
      const set = (Status: string) => [update, { UserName: "bob", [member]: id, Status }];
      expectPlan(
        await attack({ [listed]: [{ [member]: id, Status: "Active" }] }),
        [set("Inactive")],
        [set("Active")],
      );
      expectOutcome(await attack({ [listed]: [{ [member]: id, Status: "Inactive" }] }), "already-ok");
      expectOutcome(await attack({ [listed]: [] }), "already-ok");
      expectOutcome(await attack(failing("NoSuchEntityException")), "already-ok");
    });

  it("is refused when the record does not say which one it is", async () => {
    const record = { requestParameters: { userName: "bob" }, responseElements: null };
    expectOutcome(
      await plannedFor("iam-service-credential-created", "iam:UploadSSHPublicKey", record),
      "refused",
    );
  });
});
