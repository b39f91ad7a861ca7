import type { Finding } from "../../findings/finding";
import type { CallAws, Remediation } from "../remediation";
import { alreadyOk, callsTo, requested } from "../support";
import { planBlocking } from "./restore-public-access-block";

/**
 * Blocks public access to the bucket again, wholly, if the block is still as the event left it.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html
 */
export const undoS3PublicAccessBlockRemoved: Remediation = {
  id: "s3-public-access-block-removed",
  reads: ["s3:GetBucketPublicAccessBlock"],
  writes: ["s3:PutBucketPublicAccessBlock"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["bucketName"]);
    if ("outcome" in asked) return asked;
    const Bucket = asked.values.bucketName;
    const call = callsTo("s3", finding.region);
    try {
      return await planBlocking(finding, aws, `the bucket ${Bucket}`, (operation, rest) =>
        call(operation, { Bucket, ...rest }),
      );
    } catch (error) {
      if ((error as Error).name === "NoSuchBucket") return alreadyOk(`the bucket ${Bucket} is gone`);
      throw error;
    }
  },
};
