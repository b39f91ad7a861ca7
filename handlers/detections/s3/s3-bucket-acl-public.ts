import { uninspected } from "../readers/uninspected";
import { textOf } from "../../json";
import type { Detection } from "../detection";
import { grantedOutside } from "../readers/acl";
import { resourcesOf, valueAt } from "../readers/evidence";

export const s3BucketAclPublic: Detection = {
  id: "s3-bucket-acl-public",
  title: "Bucket or object ACL made public",
  severity: "high",
  attack: { technique: "T1530" },
  tier: "core",
  noise: "rare",
  events: ["s3:CreateBucket", "s3:PutBucketAcl", "s3:PutObjectAcl"],
  remediation: "inverse",
  match(record, context) {
    const { evidence, isPublic, isCertain } = grantedOutside(record, context);
    if (evidence.length === 0) return uninspected(record);
    const bucket = textOf(valueAt(record, "requestParameters.bucketName"));
    const key = textOf(valueAt(record, "requestParameters.key"));
    return {
      evidence,
      resources: [
        ...resourcesOf("AWS::S3::Bucket", bucket),
        ...(bucket === undefined || key === undefined
          ? []
          : resourcesOf("AWS::S3::Object", `${bucket}/${key}`)),
      ],
      ...(isPublic ? {} : { title: "Bucket or object ACL grants another account" }),
      ...(isCertain ? {} : { severity: "medium" }),
    };
  },
  runbook: [
    "Set the ACL back to private and enable the bucket's public access block, which makes public ACLs ineffective.",
    "Turn ACLs off altogether (object ownership: bucket owner enforced) if nothing needs them.",
    "Check the access log for what strangers listed and read while it was open; with write access, what they left there.",
  ],
  falsePositives: [
    "Files meant for everybody, while the public access block is on: then the ACL has no effect.",
    "A header that grants the owner by canonical user ID, which a record does not distinguish from others (reported as medium): name the ID in `trustedAccounts`.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
  ],
};
