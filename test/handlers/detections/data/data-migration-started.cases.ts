import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const hits: Case[] = [
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
