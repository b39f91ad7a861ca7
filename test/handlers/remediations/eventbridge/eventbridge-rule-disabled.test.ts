import { expect } from "chai";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixEventbridgeRuleDisabled } from "../../../../handlers/remediations/eventbridge/eventbridge-rule-disabled";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, kept, planned, rollbackAfter } from "../../../support/planning";

const awsRegion = "eu-west-1";

describe("eventbridge-rule-disabled", () => {
  const record = {
    eventName: "DisableRule",
    awsRegion,
    requestParameters: { name: "watch", eventBusName: "security" },
  };
  const rule = (answer: Answers[string]) => ({ aws: { "events:DescribeRule": answer } });
  const input = { Name: "watch", EventBusName: "security" };

  it("enables the rule on its bus", async () => {
    expectPlan(
      await planned(fixEventbridgeRuleDisabled, record, rule({ State: "DISABLED" })),
      [["EnableRule", input]],
      [["DisableRule", input]],
    );
  });

  it("otherwise says why not", async () => {
    expectOutcome(
      await planned(fixEventbridgeRuleDisabled, record, rule({ State: "ENABLED" })),
      "already-ok",
    );
    expectOutcome(
      await planned(fixEventbridgeRuleDisabled, record, rule(failing("ResourceNotFoundException"))),
      "changed-since",
    );
  });

  const before = {
    EventPattern: '{"source":["aws.guardduty"]}',
    State: "ENABLED",
    Description: "to the pager",
  };
  const Targets = [
    { Id: "1", Arn: `arn:aws:sns:${awsRegion}:111122223333:pager` },
    {
      Id: "2",
      Arn: `arn:aws:events:${awsRegion}:111122223333:event-bus/x`,
      RoleArn: "arn:aws:iam::111122223333:role/r",
    },
  ];
  const ofTargets = { Rule: "watch", EventBusName: "security" };
  const keptAs = (DescribeRule: object | undefined, targets: object[] = Targets) =>
    kept(
      baselineKinds.eventRule,
      awsRegion,
      "security/watch",
      DescribeRule === undefined ? {} : { DescribeRule, ListTargetsByRule: { Targets: targets } },
    );
  const attack = (
    eventName: string,
    live: Answers[string],
    baselines: Record<string, unknown>,
    requestParameters: object = record.requestParameters,
    targets: object[] = [],
  ) =>
    planned(
      fixEventbridgeRuleDisabled,
      { eventName, awsRegion, requestParameters: requestParameters as Record<string, unknown> },
      { aws: { "events:DescribeRule": live, "events:ListTargetsByRule": { Targets: targets } }, baselines },
    );
  const deleted = failing("ResourceNotFoundException");

  it("enables a rule as it was enabled before, and leaves one that was not", async () => {
    const State = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
    const disabled = { ...before, State: "DISABLED" };
    expectPlan(
      await attack("DisableRule", disabled, keptAs({ ...before, State })),
      [["PutRule", { ...input, ...before, State }]],
      [["DisableRule", input]],
    );
    expectOutcome(await attack("DisableRule", disabled, keptAs(disabled)), "already-ok");
  });

  it("recreates a deleted rule, with its targets", async () => {
    expectPlan(
      await attack("DeleteRule", deleted, keptAs(before)),
      [
        ["PutRule", { ...input, ...before }],
        ...Targets.map((target) => ["PutTargets", { ...ofTargets, Targets: [target] }]),
      ],
      [
        ["RemoveTargets", { ...ofTargets, Ids: ["2"] }],
        ["RemoveTargets", { ...ofTargets, Ids: ["1"] }],
        ["DeleteRule", input],
      ],
    );
    expectPlan(
      await attack("DeleteRule", deleted, keptAs(before, [])),
      [["PutRule", { ...input, ...before }]],
      [["DeleteRule", input]],
    );
    expectOutcome(await attack("DeleteRule", before, keptAs(before)), "already-ok");
    for (const unknown of [{}, keptAs(undefined)])
      expectOutcome(await attack("DeleteRule", deleted, unknown), "needs-baseline");
  });

  it("gives a rule the targets again that were removed, and no others", async () => {
    const removed = { rule: "watch", eventBusName: "security", ids: ["2", "gone before"] };
    const plan = (live: Answers[string], baselines: Record<string, unknown>, targets = Targets.slice(0, 1)) =>
      attack("RemoveTargets", live, baselines, removed, targets);
    expectPlan(
      await plan(before, keptAs(before)),
      [["PutTargets", { ...ofTargets, Targets: Targets.slice(1) }]],
      [["RemoveTargets", { ...ofTargets, Ids: ["2"] }]],
    );
    expectOutcome(await plan(before, {}), "needs-baseline");
    expectOutcome(await plan(before, keptAs(before, [])), "already-ok");
    expectOutcome(await plan(deleted, keptAs(before)), "changed-since");
  });

  it("takes an answer that lists failed targets for a failure", async () => {
    const plan = await attack("DeleteRule", deleted, keptAs(before));
    const calls = "outcome" in plan ? [] : plan.calls;
    const failures = ["FailedEntries", "FailedEntries"];
    expect(calls.map(({ failuresIn }) => failuresIn)).to.deep.equal([undefined, ...failures]);
    expect(rollbackAfter(plan, 2), "the second target could not be put").to.deep.equal([
      ["RemoveTargets", { ...ofTargets, Ids: ["1"] }],
      ["DeleteRule", input],
    ]);
  });

  it("makes a rule that was put again and disabled again what it was", async () => {
    const eventPattern = '{"source":["nothing"]}';
    const put = { ...record.requestParameters, eventPattern, state: "DISABLED" };
    const live = { EventPattern: eventPattern, State: "DISABLED" };
    const plan = (now: Answers[string], baselines: Record<string, unknown>) =>
      attack("PutRule", now, baselines, put);
    expectPlan(
      await plan(live, keptAs(before)),
      [["PutRule", { ...input, ...before }]],
      [["PutRule", { ...input, ...live }]],
    );
    expectOutcome(await plan(live, {}), "needs-baseline");
    expectOutcome(await plan(live, keptAs(undefined)), "already-ok");
    expectOutcome(await plan(live, keptAs({ ...before, State: "DISABLED" })), "already-ok");
    expectOutcome(await plan({ ...live, EventPattern: "{}" }, keptAs(before)), "changed-since");
    expectOutcome(await plan({ ...live, State: "ENABLED" }, keptAs(before)), "already-ok");
    expectOutcome(await plan(deleted, keptAs(before)), "changed-since");
  });
});
