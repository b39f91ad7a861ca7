import { type CallAws, callsTo } from "../../aws/call";
import { fieldsOf } from "../../json";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { planReturnOrClosing } from "../support/policy-return";
import type { PlanContext, Remediation } from "../remediation";
import { requested } from "../support/outcomes";
import { bucketPolicyOf, policyIn } from "../support/bucket-policy";

/**
 * Puts back the bucket's policy that the event overwrote, as its baseline has it. Without one, or where somebody has set it
 * since, takes the other accounts out: their principals, and the statements that name nobody else. Accounts that the
 * policy before the event let in stay. A public access block would not keep out an account that is named.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
export const fixS3BucketPolicyExternalAccount: Remediation = {
  id: "s3-bucket-policy-external-account",
  reads: ["s3:GetBucketPolicy"],
  writes: ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
  baselines: ["bucketPolicy"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["bucketName"]);
    if ("outcome" in asked) return asked;
    const Bucket = asked.values.bucketName;
    const live = await bucketPolicyOf(Bucket, finding.region, aws);
    const call = callsTo("s3", finding.region);
    const written = fieldsOf(finding.record.requestParameters).bucketPolicy;
    const kept = await baselineFor(context, baselineKinds.bucketPolicy, finding.region, Bucket);
    return planReturnOrClosing(finding, context, {
      whose: `the bucket ${Bucket}`,
      live,
      written,
      before: policyIn(kept),
      isKnown: kept !== undefined,
      put: (Policy) => call("PutBucketPolicy", { Bucket, Policy }),
      remove: () => call("DeleteBucketPolicy", { Bucket }),
    });
  },
};
