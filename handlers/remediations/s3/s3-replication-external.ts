import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, sameJson } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, requested } from "../support/outcomes";

/**
 * Takes the rules that copy to another account out of the bucket's replication; the other rules stay. What was copied
 * already is in the other account.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html
 */
export const fixS3ReplicationExternal: Remediation = {
  id: "s3-replication-external",
  reads: ["s3:GetReplicationConfiguration"],
  // Deleting the whole configuration is s3:PutReplicationConfiguration as well; putting one hands S3 its role.
  writes: ["s3:PutReplicationConfiguration", "iam:PassRole s3.amazonaws.com"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["bucketName"]);
    if ("outcome" in asked) return asked;
    const Bucket = asked.values.bucketName;
    const call = callsTo("s3", finding.region);
    const answer = await unlessGone(aws(call("GetBucketReplication", { Bucket })), [
      "ReplicationConfigurationNotFoundError",
      "NoSuchBucket",
    ]);
    if (answer === undefined) return alreadyOk(`the bucket ${Bucket} has no replication`);
    const live = fieldsOf(answer.ReplicationConfiguration);
    const rules = listOf(live.Rules);
    const left = rules.filter((rule) => !finding.match.evidence.some(({ value }) => isSameRule(rule, value)));
    if (left.length === rules.length)
      return alreadyOk(`the bucket ${Bucket} has none of the replication rules that copy to another account`);
    const put = (configuration: object) =>
      call("PutBucketReplication", { Bucket, ReplicationConfiguration: configuration });
    return {
      summary: `Take ${rules.length - left.length} of ${rules.length} rules out of the replication of the bucket ${Bucket}`,
      calls: [
        left.length === 0 ? call("DeleteBucketReplication", { Bucket }) : put({ ...live, Rules: left }),
      ],
      rollback: [put(live)],
    };
  },
};

/** Whether a live rule is the one of the evidence: same destination, and same id where the caller gave one. */
function isSameRule(rule: unknown, evidence: unknown): boolean {
  const { ID, Destination } = fieldsOf(rule);
  const live = fieldsOf(Destination);
  const offending = fieldsOf(evidence);
  return (
    (offending.ID === undefined || offending.ID === ID) &&
    sameJson({ Account: live.Account, Bucket: live.Bucket }, offending.Destination)
  );
}
