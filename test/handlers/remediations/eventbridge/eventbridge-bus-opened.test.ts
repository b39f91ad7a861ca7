import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, stranger } from "../support/attack";

describe("eventbridge-bus-opened", () => {
  const attack = (live: unknown, own: object = {}) =>
    plannedFor(
      "eventbridge-bus-opened",
      "events:PutPermission",
      {
        requestParameters: {
          eventBusName: "orders",
          action: "events:PutEvents",
          principal: stranger,
          statementId: "in",
          ...own,
        },
      },
      { aws: { "events:DescribeEventBus": live as never } },
    );
  const policy = (...Statement: object[]) => ({ Policy: JSON.stringify({ Statement }) });
  const statement = (Sid: string, AWS: string) => ({
    Sid,
    Effect: "Allow",
    Principal: { AWS },
    Action: "events:PutEvents",
  });

  it("removes the statement that the event added, and no other", async () => {
    expectPlan(
      await attack(policy(statement("in", `arn:aws:iam::${stranger}:root`), statement("other", stranger))),
      [["RemovePermission", { EventBusName: "orders", StatementId: "in" }]],
      [
        [
          "PutPermission",
          { EventBusName: "orders", StatementId: "in", Principal: stranger, Action: "events:PutEvents" },
        ],
      ],
    );
  });

  it("leaves what is gone, was changed since, or was not known before", async () => {
    expectOutcome(await attack(policy(statement("other", stranger))), "already-ok");
    expectOutcome(await attack(failing("ResourceNotFoundException")), "already-ok");
    expectOutcome(await attack(policy(statement("in", "arn:aws:iam::999999999999:root"))), "changed-since");
    const whole = {
      principal: undefined,
      statementId: undefined,
      policy: policy({ ...statement("x", "*"), Resource: "*" }).Policy,
    };
    expectOutcome(await attack({}, whole), "needs-baseline");
  });
});
