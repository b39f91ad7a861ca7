import { type Call, type CallAws, callsTo, unlessGone } from "../../aws/call";
import { textOf } from "../../json";
import type { Baseline } from "../../baselines/baseline";

/** The policy of a bucket's baseline; undefined when there was none, or that is not known. */
export function policyIn(baseline: Baseline | undefined): string | undefined {
  return textOf(baseline?.GetBucketPolicy?.Policy);
}

/** A bucket's policy as JSON text; undefined when it, or the bucket, is gone. */
export async function bucketPolicyOf(
  Bucket: string,
  region: string,
  aws: CallAws,
): Promise<string | undefined> {
  const call: Call = callsTo("s3", region)("GetBucketPolicy", { Bucket });
  const answer = await unlessGone(aws(call), ["NoSuchBucketPolicy", "NoSuchBucket"]);
  return textOf(answer?.Policy);
}
