import { type CallAws, callsTo } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { Finding } from "../../detections/finding";
import { openingsOf, statementsOf } from "../../detections/readers/policy";
import { defaultSettings } from "../../settings";
import type { PlanContext, Remediation } from "../remediation";
import { bucketPolicyOf, policyIn } from "../support/bucket-policy";
import { alreadyOk, changedSince, needsBaseline, refused, requested } from "../support/outcomes";
import { samePolicy } from "../support/policy-openings";

/**
 * Restores the bucket's policy from its baseline, unless somebody has set another. A policy that let others in is not
 * restored: that would open what is closed.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html
 */
export const fixS3BucketPolicyDeleted: Remediation = {
  id: "s3-bucket-policy-deleted",
  reads: ["s3:GetBucketPolicy"],
  writes: ["s3:PutBucketPolicy"],
  baselines: ["bucketPolicy"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["bucketName"]);
    if ("outcome" in asked) return asked;
    const Bucket = asked.values.bucketName;
    const live = await bucketPolicyOf(Bucket, finding.region, aws);
    const kept = await baselineFor(context, baselineKinds.bucketPolicy, finding.region, Bucket);
    const Policy = policyIn(kept);
    if (live !== undefined)
      return kept === undefined || samePolicy(live, Policy)
        ? alreadyOk(`the bucket ${Bucket} has a policy`)
        : changedSince(`the policy of the bucket ${Bucket} differs from the one before`);
    if (kept === undefined)
      return needsBaseline(`there is no baseline of the policy that the bucket ${Bucket} had`);
    if (Policy === undefined) return alreadyOk(`the bucket ${Bucket} had no policy before`);
    const configured = context?.settings.context ?? defaultSettings.context;
    if (openingsOf(statementsOf(Policy), { ...configured, account: finding.account }).length > 0)
      return refused(
        `the previous policy of the bucket ${Bucket} let others in: restore it by hand if that is intended`,
      );
    const call = callsTo("s3", finding.region);
    return {
      summary: `Restore the policy of the bucket ${Bucket}`,
      calls: [call("PutBucketPolicy", { Bucket, Policy })],
      rollback: [call("DeleteBucketPolicy", { Bucket })],
    };
  },
};
