import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const datasyncTaskCreated: Detection = {
  id: "datasync-task-created",
  title: "DataSync location, task or run created",
  severity: "medium",
  attack: { technique: "T1537" },
  tier: "extended",
  noise: "work",
  events: [
    "datasync:CreateAgent",
    "datasync:CreateLocationAzureBlob",
    "datasync:CreateLocationObjectStorage",
    "datasync:CreateLocationS3",
    "datasync:CreateTask",
    "datasync:StartTaskExecution",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      [
        "sourceLocationArn",
        "destinationLocationArn",
        "taskArn",
        "s3BucketArn",
        "s3Config",
        "serverHostname",
        "bucketName",
        "containerUrl",
        "agentName",
      ],
      [
        ...named(record, "AWS::DataSync::Task", "taskArn"),
        ...named(record, "AWS::S3::Bucket", "s3BucketArn"),
        ...named(record, "AWS::DataSync::Location", "sourceLocationArn", "destinationLocationArn"),
      ],
    ),
  runbook: [
    "Ask the actor what is copied where; DataSync moves whole buckets to any storage in the world.",
    "Cancel the execution (CancelTaskExecution) and delete the task and locations if nobody can explain them.",
    "Find out how much was copied, and revoke the actor's permissions.",
  ],
  falsePositives: ["A planned migration or new data replication."],
  references: [
    "https://docs.aws.amazon.com/datasync/latest/userguide/API_CreateTask.html",
    "https://docs.aws.amazon.com/datasync/latest/userguide/API_StartTaskExecution.html",
    "https://docs.aws.amazon.com/datasync/latest/userguide/API_CancelTaskExecution.html",
  ],
};
