import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, stranger } from "../support/attack";

describe("organization-account-moved", () => {
  const attack = (live: unknown) =>
    plannedFor(
      "organization-account-moved",
      "organizations:MoveAccount",
      {
        requestParameters: {
          accountId: stranger,
          sourceParentId: "ou-abcd-11111111",
          destinationParentId: "r-abcd",
        },
      },
      { aws: { "organizations:ListParents": live as never } },
      "us-east-1",
    );
  const below = (Id: string) => ({ Parents: [{ Id, Type: "ROOT" }] });
  const move = (SourceParentId: string, DestinationParentId: string) => [
    "MoveAccount",
    { AccountId: stranger, SourceParentId, DestinationParentId },
  ];

  it("moves the account back", async () => {
    expectPlan(
      await attack(below("r-abcd")),
      [move("r-abcd", "ou-abcd-11111111")],
      [move("ou-abcd-11111111", "r-abcd")],
    );
  });

  it("leaves an account that is back, gone, or moved on", async () => {
    expectOutcome(await attack(below("ou-abcd-11111111")), "already-ok");
    expectOutcome(await attack(failing("ChildNotFoundException")), "already-ok");
    expectOutcome(await attack(below("ou-abcd-22222222")), "changed-since");
  });
});
