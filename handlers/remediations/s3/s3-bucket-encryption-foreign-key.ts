import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf, plainTextOf, sameJson } from "../../json";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, refused, requested } from "../support/outcomes";

/**
 * Restores the bucket's encryption from its baseline, if it still encrypts with the key that the event set. Objects written
 * in the meantime keep that key.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html
 */
export const fixS3BucketEncryptionForeignKey: Remediation = {
  id: "s3-bucket-encryption-foreign-key",
  reads: ["s3:GetEncryptionConfiguration"],
  writes: ["s3:PutEncryptionConfiguration"],
  baselines: ["bucketEncryption"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["bucketName"]);
    if ("outcome" in asked) return asked;
    const Bucket = asked.values.bucketName;
    const call = callsTo("s3", finding.region);
    const answer = await unlessGone(aws(call("GetBucketEncryption", { Bucket })), [
      "ServerSideEncryptionConfigurationNotFoundError",
      "NoSuchBucket",
    ]);
    const live = answer?.ServerSideEncryptionConfiguration;
    const foreign = finding.match.evidence.map(({ value }) => plainTextOf(value));
    const kept = await baselineFor(context, baselineKinds.bucketEncryption, finding.region, Bucket);
    if (!keysIn(live).some((key) => foreign.includes(key)))
      return kept === undefined || sameJson(live, kept.GetBucketEncryption?.ServerSideEncryptionConfiguration)
        ? alreadyOk(`the bucket ${Bucket} does not encrypt with ${foreign.join(", ")}`)
        : changedSince(`the encryption of the bucket ${Bucket} was set again, and is not what it was before`);
    if (kept === undefined)
      return needsBaseline(`no baseline shows how the bucket ${Bucket} was encrypted before`);
    const before = kept.GetBucketEncryption?.ServerSideEncryptionConfiguration;
    if (sameJson(before, live)) return alreadyOk(`the bucket ${Bucket} encrypted with the same key before`);
    if (keysIn(before).some((key) => foreign.includes(key)))
      return refused(`the bucket ${Bucket} encrypted with a key of that account before, too`);
    const put = (ServerSideEncryptionConfiguration: unknown) =>
      call("PutBucketEncryption", { Bucket, ServerSideEncryptionConfiguration });
    return {
      summary: `Encrypt the bucket ${Bucket} as before`,
      // Without a configuration S3 encrypts with its own key.
      calls: [before === undefined ? call("DeleteBucketEncryption", { Bucket }) : put(before)],
      rollback: [put(live)],
    };
  },
};

function keysIn(configuration: unknown): string[] {
  return listOf(fieldsOf(configuration).Rules)
    .map((rule) => fieldsOf(fieldsOf(rule).ApplyServerSideEncryptionByDefault).KMSMasterKeyID)
    .filter((key) => typeof key === "string");
}
