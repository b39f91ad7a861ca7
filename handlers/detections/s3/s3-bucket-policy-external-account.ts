import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { evidenceOfOpenings, type Opening, openingsOf, statementsOf } from "../readers/policy";
import { isCanonicalUser } from "../readers/principal";
import { elbLogAccounts } from "../readers/elb-log-accounts";

export const s3BucketPolicyExternalAccount: Detection = {
  id: "s3-bucket-policy-external-account",
  title: "Bucket policy grants another account",
  severity: "high",
  attack: { technique: "T1537" },
  tier: "core",
  noise: "changes",
  events: ["s3:PutBucketPolicy"],
  remediation: "read-modify",
  match(record, context) {
    const statements = statementsOf(valueAt(record, "requestParameters.bucketPolicy"));
    const openings = openingsOf(statements, context).filter(
      (opening) => opening.to !== "everyone" && !isLogDelivery(opening),
    );
    if (openings.length === 0) return uninspected(record);
    // A canonical user may be a CloudFront origin access identity.
    const isCertain = openings.some(({ to }) => !isCanonicalUser(to));
    return {
      ...(isCertain ? {} : { severity: "medium" }),
      evidence: evidenceOfOpenings(openings, "requestParameters.bucketPolicy"),
      resources: resourcesOf("AWS::S3::Bucket", valueAt(record, "requestParameters.bucketName")),
    };
  },
  runbook: [
    "Find out whose account it is; if it is yours or a known vendor's, add it to `trustedAccounts`.",
    "If nobody knows it, remove its statements from the policy: the public access block does not stop a named account.",
    "Check data events or the access log for what that account listed, read and wrote since then.",
  ],
  falsePositives: [
    "Vendors and sister accounts that are not yet in `trustedAccounts`.",
    "A CloudFront origin access identity named by its canonical user ID: name the ID in `trustedAccounts`, or use origin access control.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html",
  ],
};

/** Load balancers that may only write their logs. */
function isLogDelivery({ to, statement }: Opening): boolean {
  return (
    elbLogAccounts.includes(to) &&
    statement.actions.length > 0 &&
    statement.actions.every((action) => action.toLowerCase() === "s3:putobject")
  );
}
