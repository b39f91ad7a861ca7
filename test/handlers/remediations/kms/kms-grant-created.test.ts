import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, region, stranger } from "../support/attack";

describe("kms-grant-created", () => {
  const KeyId = `arn:aws:kms:${region}:111122223333:key/1`;
  const grantee = `arn:aws:iam::${stranger}:root`;
  const attack = (live: unknown, responseElements: unknown = { grantId: "g1" }) =>
    plannedFor(
      "kms-grant-created",
      "kms:CreateGrant",
      {
        requestParameters: { keyId: KeyId, granteePrincipal: grantee, operations: ["Decrypt"] },
        responseElements,
      },
      { aws: { "kms:ListGrants": live as never } },
    );

  it("revokes the grant, and would make one like it", async () => {
    const live = { GrantId: "g1", GranteePrincipal: grantee, Operations: ["Decrypt"], Name: "" };
    expectPlan(
      await attack({ Grants: [live] }),
      [["RevokeGrant", { KeyId, GrantId: "g1" }]],
      [["CreateGrant", { KeyId, GranteePrincipal: grantee, Operations: ["Decrypt"] }]],
    );
  });

  it("is already-ok when it is gone, and refused without its ID", async () => {
    expectOutcome(await attack({ Grants: [] }), "already-ok");
    expectOutcome(await attack(failing("NotFoundException")), "already-ok");
    expectOutcome(await attack({}, null), "refused");
  });
});
