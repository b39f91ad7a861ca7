import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("lambda-event-source-mapped", () => {
  const UUID = "0a1b2c3d-0000-4000-8000-000000000001";
  const attack = (live: unknown, responseElements: unknown = { uUID: UUID }) =>
    plannedFor(
      "lambda-event-source-mapped",
      "lambda:CreateEventSourceMapping",
      { requestParameters: { functionName: "helper" }, responseElements },
      { aws: { "lambda:GetEventSourceMapping": live as never } },
    );
  const set = (Enabled: boolean) => ["UpdateEventSourceMapping", { UUID, Enabled }];

  it("disables the mapping", async () => {
    expectPlan(await attack({ UUID, State: "Enabled" }), [set(false)], [set(true)]);
  });

  it("leaves one that is disabled or gone, and one that the record does not name", async () => {
    expectOutcome(await attack({ UUID, State: "Disabled" }), "already-ok");
    expectOutcome(await attack(failing("ResourceNotFoundException")), "already-ok");
    expectOutcome(await attack({}, null), "refused");
  });
});
