import { type CallAws, callsTo } from "../../aws/call";
import { fieldsOf } from "../../json";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { openingsReader, planClosing, withoutOpenings } from "../support/policy-openings";
import type { PlanContext, Remediation } from "../remediation";
import { requested } from "../support/outcomes";
import { bucketPolicyOf, policyIn } from "../support/bucket-policy";

/**
 * Takes the other accounts out of the bucket's policy: their principals, and the statements that name nobody else. All
 * other statements stay, and with a baseline those accounts that the policy of before let in, too. A public access block would not keep out an account that is named.
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
    const before = policyIn(await baselineFor(context, baselineKinds.bucketPolicy, finding.region, Bucket));
    const { evidence } = finding.match;
    const read = openingsReader(finding, context);
    return planClosing(withoutOpenings({ live, written, evidence, before, read }), {
      whose: `the bucket ${Bucket}`,
      live,
      put: (Policy) => call("PutBucketPolicy", { Bucket, Policy }),
      remove: () => call("DeleteBucketPolicy", { Bucket }),
    });
  },
};
