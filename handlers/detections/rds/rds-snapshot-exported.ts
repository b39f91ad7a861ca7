import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const rdsSnapshotExported: Detection = {
  id: "rds-snapshot-exported",
  title: "RDS snapshot exported to S3",
  severity: "high",
  attack: { technique: "T1537" },
  tier: "core",
  noise: "rare",
  events: ["rds:StartExportTask"],
  remediation: "inverse",
  match(record) {
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.exportTaskIdentifier",
        "requestParameters.sourceArn",
        "requestParameters.s3BucketName",
      ),
      resources: [
        ...resourcesOf("AWS::RDS::DBSnapshot", valueAt(record, "requestParameters.sourceArn")),
        ...resourcesOf("AWS::S3::Bucket", valueAt(record, "requestParameters.s3BucketName")),
      ],
    };
  },
  runbook: [
    "Cancel the export task while it runs; a finished one has left the tables as Parquet files in the bucket.",
    "Check whose bucket it is and who can read it: the export is encrypted with the KMS key in the request, so check that key's grants, too.",
    "If data has left, treat the content of the snapshot as disclosed and find out what personal data it contained.",
  ],
  falsePositives: ["Analytics pipelines that regularly export snapshots to their own bucket."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ExportSnapshot.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CancelExportTask.html",
  ],
};
