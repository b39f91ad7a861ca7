import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, sameJson } from "../../json";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, requested } from "../support/outcomes";

/**
 * Enables server access logging again, to the bucket and prefix of the baseline.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html
 */
export const fixS3AccessLoggingDisabled: Remediation = {
  id: "s3-access-logging-disabled",
  reads: ["s3:GetBucketLogging"],
  writes: ["s3:PutBucketLogging"],
  baselines: ["bucketLogging"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["bucketName"]);
    if ("outcome" in asked) return asked;
    const Bucket = asked.values.bucketName;
    const call = callsTo("s3", finding.region);
    const live = await unlessGone(aws(call("GetBucketLogging", { Bucket })), ["NoSuchBucket"]);
    if (live === undefined) return alreadyOk(`the bucket ${Bucket} is gone`);
    const baseline = await baselineFor(context, baselineKinds.bucketLogging, finding.region, Bucket);
    const before = baseline?.GetBucketLogging?.LoggingEnabled;
    if (live.LoggingEnabled !== undefined)
      return before === undefined || sameJson(live.LoggingEnabled, before)
        ? alreadyOk(`access to the bucket ${Bucket} is logged`)
        : changedSince(`access to the bucket ${Bucket} is logged elsewhere`);
    if (Object.keys(fieldsOf(before)).length === 0)
      return needsBaseline(`no baseline shows where access to the bucket ${Bucket} was logged`);
    return {
      summary: `Log access to the bucket ${Bucket} again`,
      calls: [call("PutBucketLogging", { Bucket, BucketLoggingStatus: { LoggingEnabled: before } })],
      rollback: [call("PutBucketLogging", { Bucket, BucketLoggingStatus: {} })],
    };
  },
};
