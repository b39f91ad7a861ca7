import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, stranger } from "../support/attack";

describe("ssm-document-shared", () => {
  const document = { Name: "run", PermissionType: "Share" };
  const attack = (live: unknown) =>
    plannedFor(
      "ssm-document-shared",
      "ssm:ModifyDocumentPermission",
      { requestParameters: { name: "run", permissionType: "Share", accountIdsToAdd: ["all", stranger] } },
      { aws: { "ssm:DescribeDocumentPermission": live as never } },
    );

  it("stops sharing with those whom the event added, and with nobody else", async () => {
    expectPlan(
      await attack({ AccountIds: ["555555555555", stranger] }),
      [["ModifyDocumentPermission", { ...document, AccountIdsToRemove: [stranger] }]],
      [["ModifyDocumentPermission", { ...document, AccountIdsToAdd: [stranger] }]],
    );
  });

  it("is already-ok when it is shared with none of them, or gone", async () => {
    expectOutcome(await attack({ AccountIds: ["555555555555"] }), "already-ok");
    expectOutcome(await attack(failing("InvalidDocument")), "already-ok");
  });
});
