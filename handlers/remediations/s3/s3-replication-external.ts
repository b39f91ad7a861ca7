import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { objectsOf } from "../../cloudtrail/parameters";
import { fieldsOf, listOf, plainTextOf, sameJson } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Plan, PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, requested } from "../support/outcomes";

/**
 * Restores the bucket's replication that the event overwrote, or none, if a baseline says so. Otherwise removes the rules that
 * copy to another account; the other rules stay. What has been copied is in the other account.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html
 */
export const fixS3ReplicationExternal: Remediation = {
  id: "s3-replication-external",
  reads: ["s3:GetReplicationConfiguration"],
  // Deleting the whole configuration also needs s3:PutReplicationConfiguration; setting one passes S3 its role.
  writes: ["s3:PutReplicationConfiguration", "iam:PassRole s3.amazonaws.com"],
  baselines: ["bucketReplication"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["bucketName"]);
    if ("outcome" in asked) return asked;
    const Bucket = asked.values.bucketName;
    const call = callsTo("s3", finding.region);
    const answer = await unlessGone(aws(call("GetBucketReplication", { Bucket })), [
      "ReplicationConfigurationNotFoundError",
      "NoSuchBucket",
    ]);
    const live = fieldsOf(answer?.ReplicationConfiguration);
    const kept = await baselineFor(context, baselineKinds.bucketReplication, finding.region, Bucket);
    const before = kept?.GetBucketReplication?.ReplicationConfiguration;
    const { offending, left, isAsWritten } = rulesOf(finding, live, before);
    if (offending.length === 0)
      return kept === undefined || sameJson(live, before ?? {})
        ? alreadyOk(`the bucket ${Bucket} has none of the replication rules that the event added`)
        : changedSince(
            `the replication of the bucket ${Bucket} was set again, and is not what it was before`,
          );
    const put = (configuration: unknown) =>
      call("PutBucketReplication", { Bucket, ReplicationConfiguration: configuration });
    const none = call("DeleteBucketReplication", { Bucket });
    const rollback = [put(live)];
    // If nothing is left, the replication before is closer to the right one than none.
    if (kept !== undefined && (isAsWritten || left.length === 0))
      return {
        summary: `Restore the replication of the bucket ${Bucket} that the event overwrote`,
        calls: [before === undefined ? none : put(before)],
        rollback,
      };
    const plan: Plan = {
      summary: `Remove ${offending.length} of ${offending.length + left.length} rules from the replication of the bucket ${Bucket}`,
      calls: [left.length === 0 ? none : put({ ...live, Rules: left })],
      rollback,
    };
    return kept === undefined
      ? { ...plan, leaves: `nothing has kept which replication of the bucket ${Bucket} the event overwrote` }
      : plan;
  },
};

/** The live rules that the event added, the others, and whether together they are as the event wrote them. */
function rulesOf({ record, match }: Finding, live: unknown, before: unknown) {
  const earlier = listOf(fieldsOf(before).Rules);
  const added = match.evidence.filter(({ value }) => !earlier.some((rule) => isSameRule(rule, value)));
  const rules = listOf(fieldsOf(live).Rules);
  const offending = rules.filter((rule) => added.some(({ value }) => isSameRule(rule, value)));
  const configuration = fieldsOf(fieldsOf(record.requestParameters).ReplicationConfiguration);
  const written = objectsOf(configuration.Rule).map(({ ID, Destination }) => ({
    ID,
    Destination: destinationOf(Destination),
  }));
  return {
    offending,
    left: rules.filter((rule) => !offending.includes(rule)),
    isAsWritten:
      // If a foreign rule existed before, it stays, and only what the event added is removed.
      added.length === match.evidence.length &&
      written.length === rules.length &&
      rules.every((rule) => written.some((one) => isSameRule(rule, one))),
  };
}

/** S3 records an account as a number, which loses leading zeros. */
function destinationOf(destination: unknown): Record<string, unknown> {
  const { Account, Bucket } = fieldsOf(destination);
  return { Account: Account === undefined ? undefined : plainTextOf(Account).padStart(12, "0"), Bucket };
}

/** Whether a live rule is that of the evidence: same destination, and same ID if the caller gave one. */
function isSameRule(rule: unknown, evidence: unknown): boolean {
  const { ID, Destination } = fieldsOf(rule);
  const live = fieldsOf(Destination);
  const offending = fieldsOf(evidence);
  return (
    (offending.ID === undefined || offending.ID === ID) &&
    sameJson({ Account: live.Account, Bucket: live.Bucket }, offending.Destination)
  );
}
