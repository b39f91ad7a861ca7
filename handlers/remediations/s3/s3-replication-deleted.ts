import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { Finding } from "../../detections/finding";
import { sameJson } from "../../json";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, requested } from "../support/outcomes";

/**
 * Restores the bucket's replication from its baseline, unless somebody has set another. Objects written in the meantime are
 * not copied.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketReplication.html
 */
export const fixS3ReplicationDeleted: Remediation = {
  id: "s3-replication-deleted",
  reads: ["s3:GetReplicationConfiguration"],
  writes: ["s3:PutReplicationConfiguration", "iam:PassRole s3.amazonaws.com"],
  baselines: ["bucketReplication"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["bucketName"]);
    if ("outcome" in asked) return asked;
    const Bucket = asked.values.bucketName;
    const call = callsTo("s3", finding.region);
    const live = await unlessGone(aws(call("GetBucketReplication", { Bucket })), [
      "ReplicationConfigurationNotFoundError",
      "NoSuchBucket",
    ]);
    const kept = await baselineFor(context, baselineKinds.bucketReplication, finding.region, Bucket);
    const ReplicationConfiguration = kept?.GetBucketReplication?.ReplicationConfiguration;
    if (live !== undefined)
      return kept === undefined || sameJson(live.ReplicationConfiguration, ReplicationConfiguration)
        ? alreadyOk(`the bucket ${Bucket} is replicated`)
        : changedSince(`the bucket ${Bucket} is replicated differently than before`);
    if (kept === undefined) return needsBaseline(`no baseline shows how the bucket ${Bucket} was replicated`);
    if (ReplicationConfiguration === undefined)
      return alreadyOk(`the bucket ${Bucket} was not replicated before`);
    return {
      summary: `Replicate the bucket ${Bucket} again`,
      calls: [call("PutBucketReplication", { Bucket, ReplicationConfiguration })],
      rollback: [call("DeleteBucketReplication", { Bucket })],
    };
  },
};
