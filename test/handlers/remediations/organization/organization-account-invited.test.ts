import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, stranger } from "../support/attack";

describe("organization-account-invited", () => {
  const attack = (live: unknown, responseElements: unknown = { handshake: { id: "h-0a1b2c3d" } }) =>
    plannedFor(
      "organization-account-invited",
      "organizations:InviteAccountToOrganization",
      { requestParameters: { target: { type: "ACCOUNT", id: stranger } }, responseElements },
      { aws: { "organizations:DescribeHandshake": live as never } },
      "us-east-1",
    );
  const inState = (State: string) => ({ Handshake: { Id: "h-0a1b2c3d", State } });

  it("cancels the invitation, and would make it again", async () => {
    expectPlan(
      await attack(inState("OPEN")),
      [["CancelHandshake", { HandshakeId: "h-0a1b2c3d" }]],
      [["InviteAccountToOrganization", { Target: { Id: stranger, Type: "ACCOUNT" } }]],
    );
  });

  it("leaves one that is not open, and one that was accepted to people", async () => {
    expectOutcome(await attack(inState("CANCELED")), "already-ok");
    expectOutcome(await attack(failing("HandshakeNotFoundException")), "already-ok");
    expectOutcome(await attack(inState("ACCEPTED")), "changed-since");
    expectOutcome(await attack({}, null), "refused");
  });
});
