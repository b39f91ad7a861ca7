import type { CallAws } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { type Fields, fieldsOf, listOf, textOf } from "../../json";
import { numberOf } from "../../cloudtrail/parameters";
import { leastDaysOf } from "../../detections/cloudtrail/cloudtrail-bucket-short-lifecycle";
import type { Finding } from "../../detections/finding";
import type { NoPlan, Plan, PlanContext, Remediation } from "../remediation";
import { lifecycleCall, lifecycleOf, rulesOf, sameRules } from "../support/lifecycle";
import { alreadyOk, changedSince, refused, requested } from "../support/outcomes";

/**
 * Restores the log bucket's lifecycle, which the event overwrote, from its baseline. Without a baseline, or if somebody has set
 * the lifecycle since, removes the event's rules that delete log files too soon, and restores the baseline's rules that are
 * missing. Objects that S3 has deleted in the meantime are gone, or hidden by a delete marker in a versioned bucket.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export const fixCloudtrailBucketShortLifecycle: Remediation = {
  id: "cloudtrail-bucket-short-lifecycle",
  reads: ["s3:GetLifecycleConfiguration"],
  writes: ["s3:PutLifecycleConfiguration"],
  baselines: ["bucketLifecycle"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["bucketName"]);
    if ("outcome" in asked) return asked;
    const Bucket = asked.values.bucketName;
    const least = leastDaysOf(context?.settings.context ?? { thresholds: {} });
    // Those that the detection names: only the rules about log files, if the bucket has other content.
    const offending = finding.match.evidence
      .map(({ value }) => fieldsOf(value))
      .filter((rule) => rule.Status !== "Disabled" && isSooner(rule, least));
    if (offending.length === 0) return refused("the record does not say which rule deletes too soon");
    const lifecycle = await lifecycleOf(Bucket, finding.region, aws);
    const kept = await baselineFor(context, baselineKinds.bucketLifecycle, finding.region, Bucket);
    const before = kept === undefined ? undefined : (kept.GetBucketLifecycleConfiguration ?? {});
    const live = rulesOf(lifecycle);
    if (before !== undefined && sameRules(live, rulesOf(before)))
      return alreadyOk(`the lifecycle of the bucket ${Bucket} is what it was before`);
    const short = live.filter(
      (rule) => isShort(rule, least) && offending.some((one) => isSameRule(one, rule)),
    );
    if (short.length === 0) return whyNothing(Bucket, live, before, least);
    const wanted = wantedOf(finding, lifecycle, before, short);
    if ([...live, ...rulesOf(wanted)].some(hasDate))
      return refused(`a rule of the bucket ${Bucket} has a date, which a receipt cannot hold`);
    const ids = short.map((rule) => textOf(rule.ID) ?? "without an id").join(", ");
    const plan: Plan = {
      summary: `Remove the rules ${ids} from the lifecycle of the bucket ${Bucket}${before === undefined ? "" : ", and restore those that the call overwrote"}`,
      calls: [lifecycleCall(Bucket, finding.region, wanted)],
      rollback: [lifecycleCall(Bucket, finding.region, lifecycle)],
    };
    return before === undefined
      ? { ...plan, leaves: `no baseline shows which rules of the bucket ${Bucket} the call overwrote` }
      : plan;
  },
};

/** Why there is nothing to remove. */
function whyNothing(Bucket: string, live: Fields[], before: Fields | undefined, least: number): NoPlan {
  if (before !== undefined || live.some((rule) => isShort(rule, least)))
    return changedSince(`the lifecycle of the bucket ${Bucket} was set again`);
  return alreadyOk(`the lifecycle of the bucket ${Bucket} keeps log files for ${least} days or more`);
}

/** The lifecycle to replace the live one with. */
function wantedOf({ record }: Finding, live: Fields, before: Fields | undefined, short: Fields[]): Fields {
  const left = rulesOf(live).filter((rule) => !short.includes(rule));
  if (before === undefined) return { ...live, Rules: left };
  const configuration = fieldsOf(fieldsOf(record.requestParameters).LifecycleConfiguration);
  const written = listOf(configuration.Rule).map(fieldsOf);
  const isAsWritten =
    written.length === rulesOf(live).length &&
    rulesOf(live).every((rule) => written.some((one) => isSameRule(one, rule)));
  if (isAsWritten) return before;
  const missing = rulesOf(before).filter((rule) => !left.some(({ ID }) => ID === rule.ID));
  return { ...live, Rules: [...left, ...missing] };
}

function isShort(rule: Fields, least: number): boolean {
  return rule.Status === "Enabled" && isSooner(rule, least);
}

function isSooner(rule: Fields, least: number): boolean {
  const days = numberOf(fieldsOf(rule.Expiration).Days);
  return days !== undefined && days < least;
}

/** The prefix of the objects that a rule covers. */
function prefixOf({ Prefix, Filter }: Fields): string {
  const filter = fieldsOf(Filter);
  return textOf(Prefix) ?? textOf(filter.Prefix) ?? textOf(fieldsOf(filter.And).Prefix) ?? "";
}

/** S3 gives an ID to a rule without one. */
function isSameRule(given: Fields, live: Fields): boolean {
  return (
    (given.ID === undefined || given.ID === live.ID) &&
    prefixOf(given) === prefixOf(live) &&
    numberOf(fieldsOf(given.Expiration).Days) === numberOf(fieldsOf(live.Expiration).Days)
  );
}

/** The SDK returns and accepts dates as objects, but a call is JSON. */
function hasDate(rule: Fields): boolean {
  return (
    fieldsOf(rule.Expiration).Date !== undefined ||
    listOf(rule.Transitions).some((transition) => fieldsOf(transition).Date !== undefined)
  );
}
