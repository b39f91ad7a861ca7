import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, refused, requested } from "../support/outcomes";

/**
 * Enables versioning again, unless it is known not to have been enabled before. Objects overwritten or deleted in the
 * meantime stay so. MFA delete is not changed; if it is on, only root can change versioning.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html
 */
export const fixS3VersioningSuspended: Remediation = {
  id: "s3-versioning-suspended",
  reads: ["s3:GetBucketVersioning"],
  writes: ["s3:PutBucketVersioning"],
  baselines: ["bucketVersioning"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["bucketName"]);
    if ("outcome" in asked) return asked;
    const Bucket = asked.values.bucketName;
    const call = callsTo("s3", finding.region);
    const live = await unlessGone(aws(call("GetBucketVersioning", { Bucket })), ["NoSuchBucket"]);
    if (live === undefined) return alreadyOk(`the bucket ${Bucket} is gone`);
    const before = await baselineFor(context, baselineKinds.bucketVersioning, finding.region, Bucket);
    if (live.Status !== "Suspended") return alreadyOk(`versioning of the bucket ${Bucket} is not suspended`);
    if (before?.GetBucketVersioning !== undefined && before.GetBucketVersioning.Status !== "Enabled")
      return alreadyOk(`versioning of the bucket ${Bucket} was not enabled before either`);
    if (live.MFADelete === "Enabled")
      return refused(
        `the bucket ${Bucket} has MFA delete: only root, with its MFA device, can change its versioning`,
      );
    const set = (Status: string) =>
      call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status } });
    return {
      summary: `Enable versioning of the bucket ${Bucket}`,
      calls: [set("Enabled")],
      rollback: [set("Suspended")],
    };
  },
};
