import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const s3VersioningSuspended: Detection = {
  id: "s3-versioning-suspended",
  title: "Bucket versioning suspended",
  severity: "medium",
  attack: { technique: "T1490" },
  tier: "core",
  noise: "changes",
  events: ["s3:PutBucketVersioning"],
  remediation: "inverse",
  match(record) {
    if (valueAt(record, "requestParameters.VersioningConfiguration.Status") !== "Suspended")
      return uninspected(record);
    return {
      evidence: evidenceAt(record, "requestParameters.VersioningConfiguration.Status"),
      resources: resourcesOf("AWS::S3::Bucket", valueAt(record, "requestParameters.bucketName")),
    };
  },
  runbook: [
    "Enable versioning again unless the bucket's owner says otherwise: from now on an overwritten or deleted object cannot be recovered.",
    "Look for DeleteObject, DeleteObjectVersion and lifecycle changes by the same actor; suspending versioning is the usual first step before data is destroyed.",
    "Compare the bucket with its inventory or latest backup, and restore what is missing.",
  ],
  falsePositives: ["Scratch and log buckets, to save the cost of old versions."],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/AddingObjectstoVersionSuspendedBuckets.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html",
  ],
};
