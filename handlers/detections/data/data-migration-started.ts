import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const dataMigrationStarted: Detection = {
  id: "data-migration-started",
  title: "Database connected to or copied by a migration",
  severity: "low",
  attack: { technique: "T1537" },
  tier: "extended",
  noise: "work",
  events: [
    "dms:CreateEndpoint",
    "dms:CreateReplicationTask",
    "dms:StartReplicationTask",
    "elasticache:CopySnapshot",
    "glue:CreateConnection",
    "memorydb:CopySnapshot",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(record, context, [
      "endpointIdentifier",
      "endpointType",
      "engineName",
      "serverName",
      "s3Settings",
      "replicationTaskIdentifier",
      "replicationTaskArn",
      "sourceSnapshotName",
      "targetBucket",
      "connectionInput",
    ]),
  runbook: [
    "Ask the actor where the data goes: a target endpoint or bucket may be outside the account.",
    "Stop the task (StopReplicationTask) if nobody can explain it.",
    "Consider the source's data as disclosed if it has run, and change the passwords that the endpoint has.",
  ],
  falsePositives: ["A planned migration, and the first job that reads a database."],
  references: [
    "https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateEndpoint.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CopySnapshot.html",
    "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateConnection.html",
  ],
};
