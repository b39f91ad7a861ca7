import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf } from "../../json";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { planReturnOrClosing } from "../support/policy-return";
import type { PlanContext, Remediation } from "../remediation";
import { requested } from "../support/outcomes";
import { bucketPolicyOf, policyIn } from "../support/bucket-policy";
import { flagsOf, noPublicAccessBlock } from "../support/public-access-block";

/**
 * Contains a public bucket policy: the public access block ignores it, and lets none be put. The policy's text stays,
 * and so do the flags for ACLs. While the policy is public, other accounts that it names are kept out, too. If the block
 * ignores public policies already, the statement has no effect: then it is removed, or the policy that the event overwrote is
 * restored. A policy that is known to have been as public before is left alone.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export const fixS3BucketPolicyPublic: Remediation = {
  id: "s3-bucket-policy-public",
  reads: ["s3:GetBucketPolicy", "s3:GetBucketPublicAccessBlock"],
  writes: ["s3:PutBucketPublicAccessBlock", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
  baselines: ["bucketPolicy"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["bucketName"]);
    if ("outcome" in asked) return asked;
    const Bucket = asked.values.bucketName;
    const call = callsTo("s3", finding.region);
    const kept = await baselineFor(context, baselineKinds.bucketPolicy, finding.region, Bucket);
    const taken = planReturnOrClosing(finding, context, {
      whose: `the bucket ${Bucket}`,
      live: await bucketPolicyOf(Bucket, finding.region, aws),
      written: fieldsOf(finding.record.requestParameters).bucketPolicy,
      before: policyIn(kept),
      isKnown: kept !== undefined,
      put: (Policy) => call("PutBucketPolicy", { Bucket, Policy }),
      remove: () => call("DeleteBucketPolicy", { Bucket }),
    });
    // What nobody can take out of the policy, the block keeps out all the same.
    if ("outcome" in taken && taken.outcome !== "refused") return taken;
    const answer = await unlessGone(aws(call("GetPublicAccessBlock", { Bucket })), noPublicAccessBlock);
    const live = answer === undefined ? undefined : flagsOf(answer.PublicAccessBlockConfiguration);
    if (live?.RestrictPublicBuckets && live.BlockPublicPolicy)
      return "outcome" in taken ? taken : { ...taken, revertsEvent: true };
    const put = (PublicAccessBlockConfiguration: object) =>
      call("PutPublicAccessBlock", { Bucket, PublicAccessBlockConfiguration });
    return {
      summary: `Make the bucket ${Bucket} ignore public policies`,
      calls: [put({ ...flagsOf(live), BlockPublicPolicy: true, RestrictPublicBuckets: true })],
      rollback: [live === undefined ? call("DeletePublicAccessBlock", { Bucket }) : put(live)],
    };
  },
};
