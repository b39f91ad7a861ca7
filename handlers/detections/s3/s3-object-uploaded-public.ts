import { textOf } from "../../json";
import type { Detection } from "../detection";
import { aclHints, grantedOutside } from "../readers/acl";
import { resourcesOf, valueAt } from "../readers/evidence";
import { principalKeyOf } from "../readers/principal";

export const s3ObjectUploadedPublic: Detection = {
  id: "s3-object-uploaded-public",
  title: "Objects uploaded with an ACL for everybody or another account",
  severity: "medium",
  attack: { technique: "T1537" },
  tier: "extended",
  noise: "work",
  events: ["s3:CopyObject", "s3:CreateMultipartUpload", "s3:PutObject"],
  hint: { field: "requestParameters", texts: aclHints },
  remediation: "alert",
  // An uploaded folder says the same a thousand times: once a day is enough per principal and bucket.
  burst: {
    windowMinutes: 1440,
    threshold: 1,
    countedBy: (record) => {
      const bucket = textOf(valueAt(record, "requestParameters.bucketName")) ?? "";
      return `${principalKeyOf(record) ?? "unknown"}|${bucket}`;
    },
  },
  match(record, context) {
    const { evidence } = grantedOutside(record, context);
    if (evidence.length === 0) return undefined;
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
    };
  },
  runbook: [
    "List what the actor uploaded to the bucket that day (data events), and whether it is meant for those whom the ACL names.",
    "Enable the bucket's public access block, or turn ACLs off (object ownership: bucket owner enforced): both make such ACLs ineffective at once.",
    "Set the objects' ACLs back to private, and check the access log for who has read them.",
  ],
  falsePositives: [
    "Websites and downloads uploaded with a public ACL; better served through CloudFront with a private bucket.",
    "Log delivery between accounts that grants the bucket's owner by canonical user ID.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
  ],
};
