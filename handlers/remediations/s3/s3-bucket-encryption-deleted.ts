import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf } from "../../json";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, requested } from "../support/outcomes";

/**
 * Restores the bucket's encryption from its baseline, unless somebody has set another. Without a configuration a bucket
 * encrypts with S3's own key, and the record does not contain the previous key. Objects written in the meantime keep the key
 * they were written with.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html
 */
export const fixS3BucketEncryptionDeleted: Remediation = {
  id: "s3-bucket-encryption-deleted",
  reads: ["s3:GetEncryptionConfiguration"],
  writes: ["s3:PutEncryptionConfiguration"],
  baselines: ["bucketEncryption"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["bucketName"]);
    if ("outcome" in asked) return asked;
    const Bucket = asked.values.bucketName;
    const call = callsTo("s3", finding.region);
    const live = await unlessGone(aws(call("GetBucketEncryption", { Bucket })), [
      "ServerSideEncryptionConfigurationNotFoundError",
      "NoSuchBucket",
    ]);
    const key = keyIn(live);
    const baseline = await baselineFor(context, baselineKinds.bucketEncryption, finding.region, Bucket);
    const kept = baseline?.GetBucketEncryption;
    const before = keyIn(kept);
    if (key !== undefined)
      return kept === undefined || key === before
        ? alreadyOk(`the bucket ${Bucket} encrypts with ${key}`)
        : changedSince(`the bucket ${Bucket} encrypts with ${key}, not as before`);
    if (kept === undefined)
      return needsBaseline(`the record does not contain the encryption that the bucket ${Bucket} had`);
    if (before === undefined)
      return alreadyOk(`the bucket ${Bucket} encrypted with S3's own key before, too`);
    return {
      summary: `Encrypt the bucket ${Bucket} with ${before} again`,
      calls: [
        call("PutBucketEncryption", {
          Bucket,
          ServerSideEncryptionConfiguration: kept.ServerSideEncryptionConfiguration,
        }),
      ],
      rollback: [call("DeleteBucketEncryption", { Bucket })],
    };
  },
};

/** The key of an encryption configuration, if it is not S3's own. */
function keyIn(answer: Record<string, unknown> | undefined): string | undefined {
  const key = listOf(fieldsOf(answer?.ServerSideEncryptionConfiguration).Rules)
    .map((rule) => fieldsOf(fieldsOf(rule).ApplyServerSideEncryptionByDefault))
    .find(({ SSEAlgorithm }) => plainTextOf(SSEAlgorithm).startsWith("aws:kms"));
  return key === undefined ? undefined : plainTextOf(key.KMSMasterKeyID ?? "the key aws/s3");
}
