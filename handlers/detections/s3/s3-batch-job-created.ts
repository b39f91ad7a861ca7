import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isAutomation } from "../readers/principal";

export const s3BatchJobCreated: Detection = {
  id: "s3-batch-job-created",
  title: "S3 batch job created",
  severity: "low",
  attack: { technique: "T1530" },
  tier: "extended",
  noise: "work",
  events: ["s3:CreateJob", "s3:JobCreated"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (isAutomation(record, context)) return undefined;
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.operation",
        "requestParameters.manifest",
        "requestParameters.roleArn",
        "serviceEventDetails.jobArn",
      ),
      resources: resourcesOf(
        "AWS::S3::Job",
        valueAt(record, "responseElements.jobId"),
        valueAt(record, "serviceEventDetails.jobArn"),
      ),
    };
  },
  runbook: [
    "Ask the actor what the job does to which objects: one job can copy, tag, encrypt or delete billions of them.",
    "Cancel it (UpdateJobStatus) if nobody can explain it, before it is confirmed or done.",
    "Find out where it copies to, and revoke the actor's permissions.",
  ],
  falsePositives: ["A planned change of many objects: another storage class, new tags, a restore."],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_CreateJob.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-logging.html",
  ],
};
