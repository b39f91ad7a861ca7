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

/** A setting of a trail: its name in the record, in the call and in the answer of GetTrail. */
export interface Setting {
  recorded: string;
  input: string;
  live: string;
}

/** What a trail records and proves; each is weaker when it is off. */
export const flags: Setting[] = [
  {
    recorded: "includeGlobalServiceEvents",
    input: "IncludeGlobalServiceEvents",
    live: "IncludeGlobalServiceEvents",
  },
  { recorded: "isMultiRegionTrail", input: "IsMultiRegionTrail", live: "IsMultiRegionTrail" },
  { recorded: "enableLogFileValidation", input: "EnableLogFileValidation", live: "LogFileValidationEnabled" },
];

/** Where a trail delivers to, and with what key. */
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

/** IAM actions that bringing a trail back needs: to look, and to call. */
export const trailReads = baselineKinds.trail.actions;
export const trailWrites = [
  "cloudtrail:PutEventSelectors",
  "cloudtrail:PutInsightSelectors",
  "cloudtrail:StartLogging",
  "cloudtrail:UpdateTrail",
  // For the role with which a trail writes to CloudWatch Logs.
  "iam:PassRole cloudtrail.amazonaws.com",
];

/** The setting in what GetTrail says of a trail. Its topic has an ARN there, and a name where it has none. */
export function settingOf(trail: Fields, { live }: Setting): unknown {
  return live === "SnsTopicARN" ? (trail.SnsTopicARN ?? trail.SnsTopicName) : trail[live];
}

/** A topic or key is a name in the call and an ARN in the answer; nothing, `""` and false are the same. */
export function sameSetting(a: unknown, b: unknown): boolean {
  const [one, other] = [plainTextOf(a || ""), plainTextOf(b || "")];
  return (
    one === other ||
    (one.startsWith("arn:") !== other.startsWith("arn:") && nameInArn(one) === nameInArn(other))
  );
}

/** How a trail is; undefined when it is gone. @param name or ARN */
export async function trailNow(aws: CallAws, region: string, name: string): Promise<Baseline | undefined> {
  const now = await readBaseline(aws, baselineKinds.trail, region, name);
  return now.GetTrail === undefined ? undefined : now;
}

/** Whether a trail logs, or did before: one of which that was not kept did. */
export function isLogging(trail: Baseline): boolean {
  return trail.GetTrailStatus?.IsLogging !== false;
}

/** The step that starts a trail. */
export function startStep(region: string, Name: string): Step {
  const call = callsTo("cloudtrail", region);
  return { call: call("StartLogging", { Name }), rollback: [call("StopLogging", { Name })] };
}

/** The call that sets the selectors of a trail to those of a baseline; undefined where it has none. */
export function selectorsCall(trail: Baseline, region: string, TrailName: string): Call | undefined {
  const selectors = selectorsOf(fieldsOf(trail.GetEventSelectors));
  if (selectors.basic.length + selectors.advanced.length === 0) return undefined;
  return callsTo("cloudtrail", region)("PutEventSelectors", { TrailName, ...inputOf(selectors) });
}

/** The call that has CloudTrail look for the insights of a baseline; undefined where it has none. */
export function insightsCall(trail: Baseline, region: string, TrailName: string): Call | undefined {
  const InsightSelectors = listOf(trail.GetInsightSelectors?.InsightSelectors);
  if (InsightSelectors.length === 0) return undefined;
  return callsTo("cloudtrail", region)("PutInsightSelectors", { TrailName, InsightSelectors });
}

/**
 * The steps that bring a trail back to what it was where it is weaker: the settings of another destination or with less
 * recorded, selectors that log less, insights that are not looked for. What it records more than before stays.
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
  const moved = destinations.filter((one) => !sameSetting(settingOf(live, one), settingOf(before, one)));
  if (lowered.length + moved.length === 0) return [];
  const back = settingBack([...lowered, ...moved], live, before);
  const update = (settings: Fields) => callsTo("cloudtrail", region)("UpdateTrail", { Name, ...settings });
  return [{ call: update(back.after), rollback: [update(back.rollback)] }];
}

/** What UpdateTrail is to set of these settings, and what takes that back. */
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
  // A log group and its role are set together, or AWS refuses the call.
  const pair = destinations.filter(({ live: member }) => member.startsWith("CloudWatchLogs"));
  if (pair.some(({ input }) => Object.hasOwn(after, input))) pair.forEach(add);
  // A trail of all regions must have the global events.
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
 * The steps that bring back what of a trail is weaker than before a finding's event, or why nobody can say.
 *
 * @param before how the trail was; undefined when that is not known
 * @throws what may pass: then nobody knows yet
 */
export async function comparedWithBefore(
  { region }: Pick<Finding, "region">,
  Name: string,
  aws: CallAws,
  before: Baseline | undefined,
): Promise<{ steps: Step[]; leaves?: string }> {
  const not = (why: string) => ({
    steps: [],
    leaves: `whether its settings and selectors are as before could not be compared: ${why}`,
  });
  if (before === undefined) return not("nothing has kept how it was");
  try {
    const live = await trailNow(aws, region, Name);
    return { steps: live === undefined ? [] : stepsBack(live, before, region, Name) };
  } catch (error) {
    if (isPassing(error)) throw error;
    return not(problemOfCall(error));
  }
}
