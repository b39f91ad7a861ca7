import { uninspected } from "../readers/uninspected";
import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { openedFlags } from "../readers/public-access-block";

export const s3PublicAccessBlockRemoved: Detection = {
  id: "s3-public-access-block-removed",
  title: "Bucket public access block removed",
  severity: "high",
  attack: { technique: "T1530" },
  tier: "core",
  noise: "changes",
  events: ["s3:DeleteBucketPublicAccessBlock", "s3:PutBucketPublicAccessBlock"],
  remediation: "inverse",
  match(record) {
    const resources = resourcesOf("AWS::S3::Bucket", valueAt(record, "requestParameters.bucketName"));
    if (nameOf(record) === "DeleteBucketPublicAccessBlock")
      return { evidence: evidenceAt(record, "requestParameters.bucketName"), resources };
    const evidence = openedFlags(record);
    return evidence.length === 0 ? uninspected(record) : { evidence, resources };
  },
  runbook: [
    "Block public access to the bucket again unless its owner says that the content is for everybody.",
    "Read the bucket's policy and ACL: the block may have been their only protection from the internet.",
    "Look for PutBucketPolicy, PutBucketAcl and PutObjectAcl by the same actor after this call, and check the access log for reads by strangers.",
  ],
  falsePositives: [
    "A bucket that serves a public website, and stacks that remove the block just before they delete the bucket.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html",
  ],
};
