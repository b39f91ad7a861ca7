import { type CallAws, callsTo } from "../../aws/call";
import { type Baseline, baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { nameInArn } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { isOwnTrail } from "../../detections/readers/trail";
import { type Fields, fieldsOf, listOf, picked, sameJson } from "../../json";
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
 * Recreates the trail from its baseline under the same name, and so with the same ARN, with its selectors, insights and tags,
 * and starts it. Its old log files are still in its bucket. If somebody has recreated it already, whatever is weaker than the
 * baseline is restored. An organization's trail cannot be created from here.
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
          ? `no baseline shows what the trail ${name} was`
          : `the trail ${name} was recreated, and no baseline shows whether it is as before`,
      );
    const isOwn = context !== undefined && isOwnTrail(name, { ...context.settings.context, account: "" });
    // The trail that feeds this system is useless until it logs.
    const mayLog = isOwn || isLogging(before);
    return live === undefined
      ? planMaking(name, before, { isOwn, mayLog, region })
      : planReturn(name, live, before, { isOwn, mayLog, region });
  },
};

/** How to restore a trail. */
interface Way {
  /** Whether it feeds this system: then the role may not set its tags, because exceptions can depend on them. */
  isOwn: boolean;
  /** Whether to start it. */
  mayLog: boolean;
  region: string;
}

function planMaking(name: string, before: Baseline, { isOwn, mayLog, region }: Way): Plan | NoPlan {
  const trail = fieldsOf(before.GetTrail?.Trail);
  if (trail.IsOrganizationTrail === true)
    return refused(`the trail ${name} is the organization's: only its management account can create it`);
  const call = callsTo("cloudtrail", region);
  const tags = tagsOf(before);
  const create: Step = {
    call: call(
      "CreateTrail",
      { Name: name, ...trailSettings(trail), ...(isOwn || tags.length === 0 ? {} : { TagsList: tags }) },
      { doneWhen: ["TrailAlreadyExistsException"] },
    ),
    // Everything else is deleted with the trail.
    rollback: [call("DeleteTrail", { Name: name })],
  };
  const more = [
    selectorsCall(before, region, name),
    mayLog ? startStep(region, name).call : undefined,
    // Last: the trail must log even if this fails.
    insightsCall(before, region, name),
  ].flatMap((one): Step[] => (one === undefined ? [] : [{ call: one, rollback: [] }]));
  const plan = planOfSteps(
    mayLog
      ? `Recreate the trail ${name} and start it`
      : `Recreate the trail ${name}; it was not logging before`,
    [create, ...more],
  );
  return isOwn && tags.length > 0
    ? {
        ...plan,
        leaves: "its tags are missing, because the role may not set them: run `pulumi up --refresh`",
      }
    : plan;
}

function planReturn(
  name: string,
  live: Baseline,
  before: Baseline,
  { isOwn, mayLog, region }: Way,
): Plan | NoPlan {
  const back = [...stepsBack(live, before, region, name), ...(isOwn ? [] : tagSteps(live, before, region))];
  const steps = mayLog && !isLogging(live) ? [startStep(region, name), ...back] : back;
  if (steps.length === 0) return alreadyOk(`the trail ${name} was recreated, and is as before`);
  return planOfSteps(`Restore the trail ${name}, which was recreated, to what it was before`, steps);
}

/** The step that restores the tags of a recreated trail. */
function tagSteps(live: Baseline, before: Baseline, region: string): Step[] {
  const now = tagsOf(live);
  const TagsList = tagsOf(before).filter((tag) => !now.some((one) => sameJson(one, tag)));
  if (TagsList.length === 0) return [];
  const call = callsTo("cloudtrail", region);
  const ResourceId = fieldsOf(live.GetTrail?.Trail).TrailARN;
  const keys = TagsList.map((tag) => fieldsOf(tag).Key);
  const overwritten = now.filter((tag) => keys.includes(fieldsOf(tag).Key));
  return [
    {
      call: call("AddTags", { ResourceId, TagsList }),
      rollback: [
        call("RemoveTags", { ResourceId, TagsList }),
        ...(overwritten.length === 0 ? [] : [call("AddTags", { ResourceId, TagsList: overwritten })]),
      ],
    },
  ];
}

function tagsOf(trail: Baseline): unknown[] {
  return listOf(trail.ListTags?.ResourceTagList).flatMap((one) => listOf(fieldsOf(one).TagsList));
}

/** The settings for CreateTrail from GetTrail's answer. */
function trailSettings(trail: Fields): Fields {
  const settings = [...flags, ...destinations]
    .filter(({ live }) => live !== "IsOrganizationTrail")
    .map((one) => [one.input, settingOf(trail, one)])
    .filter(([, value]) => value !== undefined && value !== "");
  return { ...(Object.fromEntries(settings) as Fields), ...picked(trail, ["RecursiveLogging"]) };
}
