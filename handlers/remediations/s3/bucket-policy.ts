import { textOf } from "../../cloudtrail/record";
import type { Call, CallAws } from "../remediation";
import { callsTo, unlessGone } from "../support";

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
