import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { eventRuleId, eventRuleOf } from "../../baselines/names";
import { fieldOf, textParameterOf, textsOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf, picked, plainTextOf, textOf } from "../../json";
import type { NoPlan, Plan, PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, refused } from "../support/outcomes";
import { planOfSteps, type Step } from "../support/steps";

/** A rule as a plan needs it. */
interface Rule {
  what: string;
  /** The parameters that name it, in calls on the rule and in calls on its targets. */
  named: { Name: string; EventBusName: string };
  ofTargets: { Rule: string; EventBusName: string };
  call: ReturnType<typeof callsTo>;
  record: Finding["record"];
  /** Its state; undefined if it is gone. */
  live: Record<string, unknown> | undefined;
  liveTargets(): Promise<Record<string, unknown>[]>;
  /** Its state before the event; undefined if unknown, empty if there was none. */
  before: Record<string, unknown> | undefined;
  targetsBefore: Record<string, unknown>[];
}

const gone = ["ResourceNotFoundException"];

/** The members of a rule that EventBridge takes to create it. */
const members = ["EventPattern", "ScheduleExpression", "State", "Description", "RoleArn"];

const planners: Record<string, (rule: Rule) => Plan | NoPlan | Promise<Plan | NoPlan>> = {
  DeleteRule: planDeleted,
  DisableRule: planDisabled,
  PutRule: planPut,
  RemoveTargets: planTargets,
};

/**
 * Enables the rule again. A rule that was deleted, or put again and disabled, and removed targets are restored from the
 * baseline.
 *
 * Sources: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html,
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
 * and https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
export const fixEventbridgeRuleDisabled: Remediation = {
  id: "eventbridge-rule-disabled",
  reads: ["events:DescribeRule", "events:ListTargetsByRule"],
  writes: [
    "events:EnableRule",
    "events:PutRule",
    "events:PutTargets",
    // For the roles of the rule and of its targets.
    "iam:PassRole events.amazonaws.com",
  ],
  baselines: ["eventRule"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const { record, region } = finding;
    const event = nameOf(record);
    const planner = Object.hasOwn(planners, event) ? planners[event] : undefined;
    if (planner === undefined) return refused(`${event} disables no rule`);
    const asked = textParameterOf(record, "name") ?? textParameterOf(record, "rule");
    if (asked === undefined) return refused("the record does not say which rule it is");
    const id = eventRuleId(asked, textParameterOf(record, "eventBusName"));
    const { name: Name, bus: EventBusName } = eventRuleOf(id);
    const call = callsTo("events", region);
    const ofTargets = { Rule: Name, EventBusName };
    const kept = await baselineFor(context, baselineKinds.eventRule, region, id);
    return planner({
      what: `the EventBridge rule ${id}`,
      named: { Name, EventBusName },
      ofTargets,
      call,
      record,
      live: await unlessGone(aws(call("DescribeRule", { Name, EventBusName })), gone),
      liveTargets: async () =>
        listOf((await aws(call("ListTargetsByRule", { ...ofTargets, Limit: 100 }))).Targets).map(fieldsOf),
      before: kept === undefined ? undefined : (kept.DescribeRule ?? {}),
      targetsBefore: listOf(kept?.ListTargetsByRule?.Targets).map(fieldsOf),
    });
  },
};

function planDisabled({ what, named, call, live, before }: Rule): Plan | NoPlan {
  if (live === undefined) return changedSince(`${what} is gone`);
  if (live.State !== "DISABLED") return alreadyOk(`${what} is enabled`);
  const state = textOf(before?.State);
  if (state === "DISABLED") return alreadyOk(`${what} was disabled before`);
  return {
    summary: `Enable ${what}`,
    calls: [
      state === undefined || state === "ENABLED"
        ? call("EnableRule", named)
        : // Enabled for all of CloudTrail's management events, which only PutRule can express.
          call("PutRule", { ...named, ...picked(live, members), State: state }),
    ],
    rollback: [call("DisableRule", named)],
  };
}

function planPut({ what, named, call, record, live, before }: Rule): Plan | NoPlan {
  if (live === undefined) return changedSince(`${what} is gone`);
  if (live.State !== "DISABLED") return alreadyOk(`${what} is enabled`);
  const written = (name: string) => plainTextOf(fieldOf(record.requestParameters, name));
  if (
    written("eventPattern") !== plainTextOf(live.EventPattern) ||
    written("scheduleExpression") !== plainTextOf(live.ScheduleExpression)
  )
    return changedSince(`${what} was put again`);
  if (before === undefined) return needsBaseline(`no baseline shows what ${what} was before it was put`);
  if (Object.keys(before).length === 0)
    return alreadyOk(`${what} was created disabled, and did not exist before`);
  if (before.State === "DISABLED") return alreadyOk(`${what} was disabled before`);
  const put = (rule: Record<string, unknown>) => call("PutRule", { ...named, ...picked(rule, members) });
  return {
    summary: `Restore ${what} to what it was before it was put and disabled`,
    calls: [put(before)],
    rollback: [put(live)],
  };
}

async function planTargets(rule: Rule): Promise<Plan | NoPlan> {
  const { what, record, live, before, targetsBefore } = rule;
  // Its deletion is a finding of its own, whose fix brings the targets back too.
  if (live === undefined) return changedSince(`${what} is gone`);
  const removed = textsOf(fieldOf(record.requestParameters, "ids"));
  const now = (await rule.liveTargets()).map(({ Id }) => Id);
  const missing = removed.filter((id) => !now.includes(id));
  if (missing.length === 0) return alreadyOk(`${what} has the targets ${removed.join(", ")}`);
  const known = targetsBefore.filter(({ Id }) => missing.includes(plainTextOf(Id)));
  if (known.length === 0)
    return before === undefined
      ? needsBaseline(`no baseline shows what the targets ${missing.join(", ")} of ${what} were`)
      : alreadyOk(`${what} did not have the targets ${missing.join(", ")} before`);
  return planOfSteps(
    `Give ${what} its targets ${known.map(({ Id }) => plainTextOf(Id)).join(", ")} again`,
    known.map((target) => putTarget(rule, target)),
  );
}

function planDeleted(rule: Rule): Plan | NoPlan {
  const { what, named, call, live, before, targetsBefore } = rule;
  if (live !== undefined) return alreadyOk(`there is ${what}`);
  if (before === undefined || Object.keys(before).length === 0)
    return needsBaseline(`no baseline shows what ${what} was`);
  const put = call("PutRule", { ...named, ...picked(before, members) });
  const remove = call("DeleteRule", named);
  return planOfSteps(targetsBefore.length === 0 ? `Recreate ${what}` : `Recreate ${what} with its targets`, [
    { call: put, rollback: [remove] },
    ...targetsBefore.map((target) => putTarget(rule, target)),
  ]);
}

/** One at a time: of several, EventBridge may accept some and reject others. */
function putTarget({ call, ofTargets }: Rule, target: Record<string, unknown>): Step {
  return {
    call: call("PutTargets", { ...ofTargets, Targets: [target] }, { failuresIn: "FailedEntries" }),
    rollback: [
      call("RemoveTargets", { ...ofTargets, Ids: [plainTextOf(target.Id)] }, { failuresIn: "FailedEntries" }),
    ],
  };
}
