import { type CallAws, callsTo } from "../../aws/call";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, requested } from "../support/outcomes";
import { planBlocking } from "../support/restore-public-access-block";

/**
 * Blocks public access to the bucket again, as before or, if that is unknown, completely, provided that the block is still as
 * the event left it.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html
 */
export const fixS3PublicAccessBlockRemoved: Remediation = {
  id: "s3-public-access-block-removed",
  reads: ["s3:GetBucketPublicAccessBlock"],
  writes: ["s3:PutBucketPublicAccessBlock"],
  baselines: ["bucketPublicAccess"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["bucketName"]);
    if ("outcome" in asked) return asked;
    const Bucket = asked.values.bucketName;
    const call = callsTo("s3", finding.region);
    const before = await baselineFor(context, baselineKinds.bucketPublicAccess, finding.region, Bucket);
    try {
      return await planBlocking(
        finding,
        aws,
        `the bucket ${Bucket}`,
        (operation, rest) => call(operation, { Bucket, ...rest }),
        before,
      );
    } catch (error) {
      if ((error as Error).name === "NoSuchBucket") return alreadyOk(`the bucket ${Bucket} is gone`);
      throw error;
    }
  },
};
