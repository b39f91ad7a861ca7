import { type Call, type CallAws, callsTo } from "../../aws/call";
import { isPassing } from "../../aws/retries";
import { type Baseline, readBaseline } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { nameInArn, textsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { type Fields, fieldsOf, listOf, plainTextOf, textOf } from "../../json";
import { problemOfCall } from "../../problem";
import { inputOf, logsLess, selectorsOf } from "./event-selectors";
import type { Step } from "./steps";

/** A setting of a trail: its name in the record, in the call and in GetTrail's answer. */
export interface Setting {
  recorded: string;
  input: string;
  live: string;
}

/** What a trail records and proves: each weakens the trail when off. */
export const flags: Setting[] = [
  {
    recorded: "includeGlobalServiceEvents",
    input: "IncludeGlobalServiceEvents",
    live: "IncludeGlobalServiceEvents",
  },
  { recorded: "isMultiRegionTrail", input: "IsMultiRegionTrail", live: "IsMultiRegionTrail" },
  { recorded: "enableLogFileValidation", input: "EnableLogFileValidation", live: "LogFileValidationEnabled" },
];

/** Where a trail delivers to, and with which key. */
export const destinations: Setting[] = [
  { recorded: "s3BucketName", input: "S3BucketName", live: "S3BucketName" },
  { recorded: "s3KeyPrefix", input: "S3KeyPrefix", live: "S3KeyPrefix" },
  { recorded: "isOrganizationTrail", input: "IsOrganizationTrail", live: "IsOrganizationTrail" },
  { recorded: "snsTopicName", input: "SnsTopicName", live: "SnsTopicARN" },
  { recorded: "kmsKeyId", input: "KmsKeyId", live: "KmsKeyId" },
  {
    recorded: "cloudWatchLogsLogGroupArn",
    input: "CloudWatchLogsLogGroupArn",
    live: "CloudWatchLogsLogGroupArn",
  },
  { recorded: "cloudWatchLogsRoleArn", input: "CloudWatchLogsRoleArn", live: "CloudWatchLogsRoleArn" },
];

/** Who else hears of a trail's log files or gets its records. One that is added weakens nothing, so it stays. */
const receivers = ["SnsTopicARN", "CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn"];

/** IAM actions needed to restore a trail: reads, and writes. */
export const trailReads = baselineKinds.trail.actions;
export const trailWrites = [
  "cloudtrail:PutEventSelectors",
  "cloudtrail:PutInsightSelectors",
  "cloudtrail:StartLogging",
  "cloudtrail:UpdateTrail",
  // For the role that a trail writes to CloudWatch Logs with.
  "iam:PassRole cloudtrail.amazonaws.com",
];

/** The setting in GetTrail's answer, which has the topic's ARN, or its name if there is no ARN. */
export function settingOf(trail: Fields, { live }: Setting): unknown {
  return live === "SnsTopicARN" ? (trail.SnsTopicARN ?? trail.SnsTopicName) : trail[live];
}

/** A topic or key is a name in the call and an ARN in the answer. Undefined, `""` and false are the same. */
export function sameSetting(a: unknown, b: unknown): boolean {
  const [one, other] = [plainTextOf(a || ""), plainTextOf(b || "")];
  return (
    one === other ||
    (one.startsWith("arn:") !== other.startsWith("arn:") && nameInArn(one) === nameInArn(other))
  );
}

/** The live state of a trail; undefined if it is gone. @param name or ARN */
export async function trailNow(aws: CallAws, region: string, name: string): Promise<Baseline | undefined> {
  const now = await readBaseline(aws, baselineKinds.trail, region, name);
  return now.GetTrail === undefined ? undefined : now;
}

/** Whether a trail logs, or logged in a baseline; true if the baseline does not contain that. */
export function isLogging(trail: Baseline): boolean {
  return trail.GetTrailStatus?.IsLogging !== false;
}

/** The step that starts a trail. */
export function startStep(region: string, Name: string): Step {
  const call = callsTo("cloudtrail", region);
  return { call: call("StartLogging", { Name }), rollback: [call("StopLogging", { Name })] };
}

/** The call that sets a trail's selectors to those of a baseline; undefined if it has none. */
export function selectorsCall(trail: Baseline, region: string, TrailName: string): Call | undefined {
  const selectors = selectorsOf(fieldsOf(trail.GetEventSelectors));
  if (selectors.basic.length + selectors.advanced.length === 0) return undefined;
  return callsTo("cloudtrail", region)("PutEventSelectors", { TrailName, ...inputOf(selectors) });
}

/** The call that sets a trail's insights to those of a baseline; undefined if it has none. */
export function insightsCall(trail: Baseline, region: string, TrailName: string): Call | undefined {
  const InsightSelectors = listOf(trail.GetInsightSelectors?.InsightSelectors);
  if (InsightSelectors.length === 0) return undefined;
  return callsTo("cloudtrail", region)("PutInsightSelectors", { TrailName, InsightSelectors });
}

/**
 * The steps that restore what is weaker about a trail than before: a different destination, flags that are off, selectors that
 * log less, missing insights. Whatever it records in addition stays.
 *
 * @param Name or ARN of the trail
 */
export function stepsBack(live: Baseline, before: Baseline, region: string, Name: string): Step[] {
  return [
    ...selectorSteps(live, before, region, Name),
    ...settingSteps(fieldsOf(live.GetTrail?.Trail), fieldsOf(before.GetTrail?.Trail), region, Name),
    ...insightSteps(live, before, region, Name),
  ];
}

function selectorSteps(live: Baseline, before: Baseline, region: string, TrailName: string): Step[] {
  if (before.GetEventSelectors === undefined || live.GetEventSelectors === undefined) return [];
  const [now, wanted] = [selectorsOf(live.GetEventSelectors), selectorsOf(before.GetEventSelectors)];
  if (!logsLess(now, wanted)) return [];
  const put = (selectors: typeof now) =>
    callsTo("cloudtrail", region)("PutEventSelectors", { TrailName, ...inputOf(selectors) });
  return [{ call: put(wanted), rollback: [put(now)] }];
}

function settingSteps(live: Fields, before: Fields, region: string, Name: string): Step[] {
  if (Object.keys(before).length === 0) return [];
  const lowered = flags.filter((one) => before[one.live] === true && live[one.live] !== true);
  const isAdded = (one: Setting) => receivers.includes(one.live) && sameSetting(settingOf(before, one), "");
  const moved = destinations.filter(
    (one) => !isAdded(one) && !sameSetting(settingOf(live, one), settingOf(before, one)),
  );
  if (lowered.length + moved.length === 0) return [];
  const back = settingBack([...lowered, ...moved], live, before);
  const update = (settings: Fields) => callsTo("cloudtrail", region)("UpdateTrail", { Name, ...settings });
  return [{ call: update(back.after), rollback: [update(back.rollback)] }];
}

/** The settings for UpdateTrail, and those that roll them back. */
export function settingBack(
  settings: Setting[],
  live: Fields,
  before: Fields,
): { after: Fields; rollback: Fields } {
  const after: Fields = {};
  const rollback: Fields = {};
  const add = (one: Setting) => {
    const isFlag = flags.includes(one) || one.live === "IsOrganizationTrail";
    const nothing = isFlag ? false : "";
    after[one.input] = settingOf(before, one) ?? nothing;
    rollback[one.input] = settingOf(live, one) ?? nothing;
  };
  settings.forEach(add);
  // A log group and its role must be set together.
  const pair = destinations.filter(({ live: member }) => member.startsWith("CloudWatchLogs"));
  if (pair.some(({ input }) => Object.hasOwn(after, input))) pair.forEach(add);
  // A multi-region trail must include global events.
  if (after.IsMultiRegionTrail === true && live.IncludeGlobalServiceEvents === false) {
    after.IncludeGlobalServiceEvents = true;
    rollback.IncludeGlobalServiceEvents = false;
  }
  return { after, rollback };
}

function insightSteps(live: Baseline, before: Baseline, region: string, TrailName: string): Step[] {
  const [now, wanted] = [live, before].map((trail) => listOf(trail.GetInsightSelectors?.InsightSelectors));
  const types = textsOf((now ?? []).map((one) => textOf(fieldsOf(one).InsightType) ?? ""));
  const missing = (wanted ?? []).filter((one) => !types.includes(textOf(fieldsOf(one).InsightType) ?? ""));
  if (missing.length === 0) return [];
  const put = (InsightSelectors: unknown[]) =>
    callsTo("cloudtrail", region)("PutInsightSelectors", { TrailName, InsightSelectors });
  return [{ call: put([...(now ?? []), ...missing]), rollback: [put(now ?? [])] }];
}

/**
 * The steps that restore what is weaker about a trail than before a finding's event, or why that is unknown.
 *
 * @param before the trail's baseline; undefined if unknown
 * @throws a transient error: then it is unknown for now
 */
export async function comparedWithBefore(
  { region }: Pick<Finding, "region">,
  Name: string,
  aws: CallAws,
  before: Baseline | undefined,
): Promise<{ steps: Step[]; leaves?: string }> {
  const not = (why: string) => ({
    steps: [],
    leaves: `its settings and selectors could not be compared with those before: ${why}`,
  });
  if (before === undefined) return not("no baseline shows what they were");
  try {
    const live = await trailNow(aws, region, Name);
    return { steps: live === undefined ? [] : stepsBack(live, before, region, Name) };
  } catch (error) {
    if (isPassing(error)) throw error;
    return not(problemOfCall(error));
  }
}
