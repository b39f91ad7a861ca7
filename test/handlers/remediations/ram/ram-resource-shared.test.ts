import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, region, stranger } from "../support/attack";

describe("ram-resource-shared", () => {
  const resourceShareArn = `arn:aws:ram:${region}:111122223333:resource-share/0a1b2c3d`;
  const attack = (
    live: unknown,
    own: object = { requestParameters: { resourceShareArn, principals: [stranger, "111122223333"] } },
  ) =>
    plannedFor("ram-resource-shared", "ram:AssociateResourceShare", own, {
      aws: { "ram:GetResourceShareAssociations": live as never },
    });
  const change = (operation: string) => [operation, { resourceShareArn, principals: [stranger] }];

  it("removes those whom the event added from outside", async () => {
    expectPlan(
      await attack({ resourceShareAssociations: [{ status: "ASSOCIATED" }] }),
      [change("DisassociateResourceShare")],
      [change("AssociateResourceShare")],
    );
  });

  it("leaves what is not shared any more, and a share that the record does not name", async () => {
    expectOutcome(await attack({ resourceShareAssociations: [{ status: "DISASSOCIATED" }] }), "already-ok");
    expectOutcome(await attack(failing("UnknownResourceException")), "already-ok");
    expectOutcome(await attack({}, { requestParameters: { principals: [stranger] } }), "refused");
  });
});
