import { fieldsOf } from "../../cloudtrail/record";
import type { Finding } from "../../findings/finding";
import { planClosing, withoutOpenings } from "../policy-openings";
import type { CallAws, Remediation } from "../remediation";
import { callsTo, requested } from "../support";
import { bucketPolicyOf } from "./bucket-policy";

/**
 * Takes the other accounts out of the bucket's policy: their principals, and the statements that name nobody else. All
 * other statements stay. A public access block would not keep out an account that is named.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
export const undoS3BucketPolicyExternalAccount: Remediation = {
  id: "s3-bucket-policy-external-account",
  reads: ["s3:GetBucketPolicy"],
  writes: ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["bucketName"]);
    if ("outcome" in asked) return asked;
    const Bucket = asked.values.bucketName;
    const live = await bucketPolicyOf(Bucket, finding.region, aws);
    const call = callsTo("s3", finding.region);
    const written = fieldsOf(finding.record.requestParameters).bucketPolicy;
    return planClosing(withoutOpenings(live, written, finding.match.evidence), {
      whose: `the bucket ${Bucket}`,
      live,
      put: (Policy) => call("PutBucketPolicy", { Bucket, Policy }),
      remove: () => call("DeleteBucketPolicy", { Bucket }),
    });
  },
};
