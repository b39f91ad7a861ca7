import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { objectsOf } from "../../cloudtrail/parameters";
import { fieldsOf, listOf, plainTextOf, sameJson } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Plan, PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, requested } from "../support/outcomes";

/**
 * Puts back the bucket's replication that the event overwrote, or none, where a baseline says so. Else takes the rules that
 * copy to another account out of it; the other rules stay. What was copied already is in the other account.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html
 */
export const fixS3ReplicationExternal: Remediation = {
  id: "s3-replication-external",
  reads: ["s3:GetReplicationConfiguration"],
  // Deleting the whole configuration is s3:PutReplicationConfiguration as well; putting one hands S3 its role.
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
    // Where nothing is left, what was there before is nearer to it than nothing.
    if (kept !== undefined && (isAsWritten || left.length === 0))
      return {
        summary: `Put back the replication of the bucket ${Bucket} that the event overwrote`,
        calls: [before === undefined ? none : put(before)],
        rollback,
      };
    const plan: Plan = {
      summary: `Take ${offending.length} of ${offending.length + left.length} rules out of the replication of the bucket ${Bucket}`,
      calls: [left.length === 0 ? none : put({ ...live, Rules: left })],
      rollback,
    };
    return kept === undefined
      ? { ...plan, leaves: `nothing has kept which replication of the bucket ${Bucket} the event overwrote` }
      : plan;
  },
};

/** The live rules that the event added, the others, and whether they are together as the event wrote them. */
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
      // A foreign rule that was there before stays, and then only what the event added goes.
      added.length === match.evidence.length &&
      written.length === rules.length &&
      rules.every((rule) => written.some((one) => isSameRule(rule, one))),
  };
}

/** S3 writes an account into a record as a number, which loses leading zeros. */
function destinationOf(destination: unknown): Record<string, unknown> {
  const { Account, Bucket } = fieldsOf(destination);
  return { Account: Account === undefined ? undefined : plainTextOf(Account).padStart(12, "0"), Bucket };
}

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
