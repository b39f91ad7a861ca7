import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const hits: Case[] = [
  {
    name: "appflow CreateFlow",
    record: call("appflow:CreateFlow", { flowName: "f" }),
    evidence: "requestParameters.flowName",
  },
  {
    name: "backup StartRestoreJob",
    record: call("backup:StartRestoreJob", { recoveryPointArn: "p" }),
    evidence: "requestParameters.recoveryPointArn",
  },
  { name: "fsx CopyBackup", record: call("fsx:CopyBackup", { sourceBackupId: "b" }) },
  {
    name: "lightsail ExportSnapshot",
    record: call("lightsail:ExportSnapshot", { sourceSnapshotName: "s" }),
    evidence: "requestParameters.sourceSnapshotName",
  },
  {
    name: "logs CreateExportTask",
    record: call("logs:CreateExportTask", { logGroupName: "g", destination: "b" }),
    evidence: "requestParameters.destination",
  },
  {
    name: "redshift CreateClusterSnapshot",
    record: call("redshift:CreateClusterSnapshot", { clusterIdentifier: "c" }),
    evidence: "requestParameters.clusterIdentifier",
  },
  {
    name: "snowball CreateJob",
    record: call("snowball:CreateJob", { jobType: "EXPORT" }),
    evidence: "requestParameters.jobType",
  },
  {
    name: "storagegateway CreateNFSFileShare",
    record: call("storagegateway:CreateNFSFileShare", { locationARN: "arn:aws:s3:::b" }),
    evidence: "requestParameters.locationARN",
  },
  {
    name: "storagegateway CreateSMBFileShare",
    record: call("storagegateway:CreateSMBFileShare", { locationARN: "arn:aws:s3:::b" }),
  },
  {
    name: "dms CreateEndpoint",
    record: call("dms:CreateEndpoint", { endpointIdentifier: "target", endpointType: "target" }),
    evidence: "requestParameters.endpointIdentifier",
  },
  {
    name: "dms CreateReplicationTask",
    record: call("dms:CreateReplicationTask", { replicationTaskIdentifier: "copy" }),
    evidence: "requestParameters.replicationTaskIdentifier",
  },
  {
    name: "dms StartReplicationTask",
    record: call("dms:StartReplicationTask", {
      replicationTaskArn: "arn:aws:dms:eu-west-1:111122223333:task:1",
    }),
    evidence: "requestParameters.replicationTaskArn",
  },
  {
    name: "elasticache CopySnapshot",
    record: call("elasticache:CopySnapshot", { targetBucket: "export" }),
    evidence: "requestParameters.targetBucket",
  },
  {
    name: "glue CreateConnection",
    record: call("glue:CreateConnection", { connectionInput: { name: "db" } }),
    evidence: "requestParameters.connectionInput",
  },
  {
    name: "memorydb CopySnapshot",
    record: call("memorydb:CopySnapshot", { targetBucket: "export" }),
    evidence: "requestParameters.targetBucket",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
