import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { type Fields, fieldsOf, listOf, textOf, picked } from "../../json";
import { numberOf } from "../../cloudtrail/parameters";
import { leastDaysOf } from "../../detections/cloudtrail/cloudtrail-bucket-short-lifecycle";
import type { Finding } from "../../detections/finding";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, refused, requested } from "../support/outcomes";

/**
 * Takes those rules out of the log bucket's lifecycle that the event put and that delete log files too soon. The other
 * rules stay, those of the same call too; rules that the event overwrote are not in it. Objects that S3 deleted in the
 * meantime are gone, or hidden by a delete marker where the bucket is versioned.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export const fixCloudtrailBucketShortLifecycle: Remediation = {
  id: "cloudtrail-bucket-short-lifecycle",
  reads: ["s3:GetLifecycleConfiguration"],
  writes: ["s3:PutLifecycleConfiguration"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["bucketName"]);
    if ("outcome" in asked) return asked;
    const Bucket = asked.values.bucketName;
    const least = leastDaysOf(context?.settings.context ?? { thresholds: {} });
    // Those that the detection names: in a bucket with other content, too, only the rules about log files.
    const offending = finding.match.evidence
      .map(({ value }) => fieldsOf(value))
      .filter((rule) => rule.Status !== "Disabled" && isSooner(rule, least));
    if (offending.length === 0) return refused("the record does not say which rule deletes too soon");
    const call = callsTo("s3", finding.region);
    const answer = await unlessGone(aws(call("GetBucketLifecycleConfiguration", { Bucket })), [
      "NoSuchLifecycleConfiguration",
      "NoSuchBucket",
    ]);
    if (answer === undefined) return alreadyOk(`the bucket ${Bucket} has no lifecycle`);
    const live = listOf(answer.Rules).map(fieldsOf);
    const short = live.filter(
      (rule) => isShort(rule, least) && offending.some((one) => isSameRule(one, rule)),
    );
    const ids = short.map((rule) => textOf(rule.ID) ?? "without an id").join(", ");
    if (short.length === 0)
      return live.some((rule) => isShort(rule, least))
        ? changedSince(`the lifecycle of the bucket ${Bucket} has changed since`)
        : alreadyOk(`the lifecycle of the bucket ${Bucket} keeps log files for ${least} days or more`);
    if (live.some(hasDate))
      return refused(`a rule of the bucket ${Bucket} has a date, which a receipt cannot hold`);
    const put = (Rules: Fields[]) =>
      call("PutBucketLifecycleConfiguration", {
        Bucket,
        LifecycleConfiguration: { Rules },
        ...picked(answer, ["TransitionDefaultMinimumObjectSize"]),
      });
    const left = live.filter((rule) => !short.includes(rule));
    return {
      summary: `Remove the rules ${ids} from the lifecycle of the bucket ${Bucket}`,
      calls: [left.length === 0 ? call("DeleteBucketLifecycle", { Bucket }) : put(left)],
      rollback: [put(live)],
    };
  },
};

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
