import { type CallAws, callsTo } from "../../aws/call";
import { type Baseline, baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { nameInArn } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { isOwnTrail } from "../../detections/readers/trail";
import { type Fields, fieldsOf, listOf, picked } from "../../json";
import type { NoPlan, Plan, PlanContext, Remediation } from "../remediation";
import { alreadyOk, needsBaseline, refused, requested } from "../support/outcomes";
import { planOfSteps, type Step } from "../support/steps";
import {
  destinations,
  flags,
  insightsCall,
  isLogging,
  selectorsCall,
  settingOf,
  startStep,
  stepsBack,
  trailNow,
  trailReads,
  trailWrites,
} from "../support/trails";

/**
 * Makes the trail again from its baseline, with its selectors, insights and tags, and starts it: under the same name, and so
 * with the same ARN. What it logged before stays in its bucket. One that somebody has made again is brought back to the
 * baseline where it is weaker. An organization's trail is not made from here.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
 */
export const fixCloudtrailTrailDeleted: Remediation = {
  id: "cloudtrail-trail-deleted",
  reads: trailReads,
  writes: ["cloudtrail:AddTags", "cloudtrail:CreateTrail", ...trailWrites],
  baselines: ["trail"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["name"]);
    if ("outcome" in asked) return asked;
    const { region } = finding;
    const name = nameInArn(asked.values.name);
    const live = await trailNow(aws, region, name);
    const before = await baselineFor(context, baselineKinds.trail, region, name);
    if (before?.GetTrail === undefined)
      return needsBaseline(
        live === undefined
          ? `nothing has kept what the trail ${name} was`
          : `there is a trail ${name} again, and nothing has kept whether it is what it was`,
      );
    const isOwn = context !== undefined && isOwnTrail(name, { ...context.settings.context, account: "" });
    // The trail that feeds this system is of no use until it logs.
    const mayLog = isOwn || isLogging(before);
    return live === undefined
      ? planMaking(name, before, { isOwn, mayLog, region })
      : planReturn(name, live, before, { mayLog, region });
  },
};

/** How a trail is brought back. */
interface Way {
  /** Whether it feeds this system: the role may not set tags of it, by which exceptions could let its end pass. */
  isOwn: boolean;
  /** Whether it is to log. */
  mayLog: boolean;
  region: string;
}

function planMaking(name: string, before: Baseline, { isOwn, mayLog, region }: Way): Plan | NoPlan {
  const trail = fieldsOf(before.GetTrail?.Trail);
  if (trail.IsOrganizationTrail === true)
    return refused(`the trail ${name} is the organization's, and made by its management account`);
  const call = callsTo("cloudtrail", region);
  const tags = listOf(before.ListTags?.ResourceTagList).flatMap((one) => listOf(fieldsOf(one).TagsList));
  const create: Step = {
    call: call(
      "CreateTrail",
      { Name: name, ...trailSettings(trail), ...(isOwn || tags.length === 0 ? {} : { TagsList: tags }) },
      { doneWhen: ["TrailAlreadyExistsException"] },
    ),
    // All else goes with the trail.
    rollback: [call("DeleteTrail", { Name: name })],
  };
  const more = [
    selectorsCall(before, region, name),
    mayLog ? startStep(region, name).call : undefined,
    // Last: it must log, whatever becomes of these.
    insightsCall(before, region, name),
  ].flatMap((one): Step[] => (one === undefined ? [] : [{ call: one, rollback: [] }]));
  const plan = planOfSteps(
    mayLog
      ? `Make the trail ${name} again and start its logging`
      : `Make the trail ${name} again; it was not logging before`,
    [create, ...more],
  );
  return isOwn && tags.length > 0
    ? { ...plan, leaves: "its tags do not come back, which the role may not set: run `pulumi up --refresh`" }
    : plan;
}

function planReturn(
  name: string,
  live: Baseline,
  before: Baseline,
  { mayLog, region }: Omit<Way, "isOwn">,
): Plan | NoPlan {
  const back = stepsBack(live, before, region, name);
  const steps = mayLog && !isLogging(live) ? [startStep(region, name), ...back] : back;
  if (steps.length === 0) return alreadyOk(`there is a trail ${name}, and it is what it was before`);
  return planOfSteps(`Make the trail ${name}, which was made again, what it was before`, steps);
}

/** What CreateTrail takes of what GetTrail says. */
function trailSettings(trail: Fields): Fields {
  const settings = [...flags, ...destinations]
    .filter(({ live }) => live !== "IsOrganizationTrail")
    .map((one) => [one.input, settingOf(trail, one)])
    .filter(([, value]) => value !== undefined && value !== "");
  return { ...(Object.fromEntries(settings) as Fields), ...picked(trail, ["RecursiveLogging"]) };
}
