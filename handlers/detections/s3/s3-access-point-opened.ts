import type { Detection } from "../detection";
import { named } from "../readers/by-hand";
import { policyOpened } from "../readers/opened";

export const s3AccessPointOpened: Detection = {
  id: "s3-access-point-opened",
  title: "Access point policy opened to everyone or another account",
  severity: "high",
  attack: { technique: "T1530" },
  tier: "extended",
  noise: "rare",
  events: [
    "s3:PutAccessPointPolicy",
    "s3:PutAccessPointPolicyForObjectLambda",
    "s3:PutMultiRegionAccessPointPolicy",
  ],
  remediation: "alert",
  match: (record, context) => policyOpened(record, context, named(record, "AWS::S3::AccessPoint", "name")),
  runbook: [
    "Remove the statement from the access point's policy unless the bucket's owner knows whom it lets in.",
    "Look at the bucket's policy: does it delegate to its access points?",
    "Check the bucket's data events for access through the access point.",
  ],
  falsePositives: ["Vendors and sister accounts that are not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutAccessPointPolicy.html",
  ],
};
