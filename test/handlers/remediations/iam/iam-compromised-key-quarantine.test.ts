import { fixIamCompromisedKeyQuarantine } from "../../../../handlers/remediations/iam/iam-compromised-key-quarantine";
import { expectOutcome, expectPlan, planned } from "../../../support/planning";

describe("iam-compromised-key-quarantine", () => {
  const record = {
    eventName: "AttachUserPolicy",
    requestParameters: {
      userName: "bob",
      policyArn: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3",
    },
  };
  const keys = (...AccessKeyMetadata: object[]) => ({ aws: { "iam:ListAccessKeys": { AccessKeyMetadata } } });
  const first = "AKIAEXAMPLEBOB000001";
  const second = "AKIAEXAMPLEBOB000002";
  const set = (AccessKeyId: string, Status: string) => [
    "UpdateAccessKey",
    { UserName: "bob", AccessKeyId, Status },
  ];

  it("deactivates the user's active keys", async () => {
    expectPlan(
      await planned(
        fixIamCompromisedKeyQuarantine,
        record,
        keys({ AccessKeyId: first, Status: "Active" }, { AccessKeyId: second, Status: "Inactive" }),
      ),
      [set(first, "Inactive")],
      [set(first, "Active")],
    );
  });

  it("is already-ok without active keys, and refuses what is no user", async () => {
    expectOutcome(
      await planned(fixIamCompromisedKeyQuarantine, record, keys({ AccessKeyId: first, Status: "Inactive" })),
      "already-ok",
    );
    const role = { eventName: "AttachRolePolicy", requestParameters: { roleName: "app" } };
    expectOutcome(await planned(fixIamCompromisedKeyQuarantine, role), "refused");
  });
});
