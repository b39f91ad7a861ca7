import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  { name: "cassandra DropKeyspace", record: call("cassandra:DropKeyspace", { keyspaceName: "k" }) },
  { name: "cassandra DropTable", record: call("cassandra:DropTable", { keyspaceName: "k", tableName: "t" }) },
  {
    name: "timestream DeleteTable",
    record: call("timestream:DeleteTable", { databaseName: "d", tableName: "t" }),
  },
  { name: "cassandra DeleteKeyspace", record: call("cassandra:DeleteKeyspace", { keyspaceName: "k" }) },
  {
    name: "cassandra DeleteTable",
    record: call("cassandra:DeleteTable", { keyspaceName: "k", tableName: "t" }),
  },
  { name: "docdb-elastic DeleteCluster", record: call("docdb-elastic:DeleteCluster", { clusterArn: "c" }) },
  { name: "ds DeleteDirectory", record: call("ds:DeleteDirectory", { directoryId: "d" }) },
  { name: "lightsail DeleteBucket", record: call("lightsail:DeleteBucket", { bucketName: "b" }) },
  {
    name: "lightsail DeleteRelationalDatabase",
    record: call("lightsail:DeleteRelationalDatabase", { relationalDatabaseName: "d" }),
  },
  { name: "neptune-graph DeleteGraph", record: call("neptune-graph:DeleteGraph", { graphIdentifier: "g" }) },
  { name: "storagegateway DeleteGateway", record: call("storagegateway:DeleteGateway", { gatewayARN: "g" }) },
  { name: "storagegateway DeleteVolume", record: call("storagegateway:DeleteVolume", { volumeARN: "v" }) },
  {
    name: "workspaces TerminateWorkspaces",
    record: call("workspaces:TerminateWorkspaces", { terminateWorkspaceRequests: [{ workspaceId: "w" }] }),
  },
  {
    name: "aoss DeleteCollection",
    record: call("aoss:DeleteCollection", { id: "c1" }),
    evidence: "requestParameters.id",
    resources: ["c1"],
  },
  {
    name: "elasticache DeleteCacheCluster",
    record: call("elasticache:DeleteCacheCluster", { cacheClusterId: "sessions" }),
    evidence: "requestParameters.cacheClusterId",
    resources: ["sessions"],
  },
  {
    name: "elasticache DeleteReplicationGroup",
    record: call("elasticache:DeleteReplicationGroup", { replicationGroupId: "sessions" }),
    evidence: "requestParameters.replicationGroupId",
    resources: ["sessions"],
  },
  {
    name: "elasticache DeleteServerlessCache",
    record: call("elasticache:DeleteServerlessCache", { serverlessCacheName: "sessions" }),
    evidence: "requestParameters.serverlessCacheName",
    resources: ["sessions"],
  },
  {
    name: "elasticache DeleteSnapshot",
    record: call("elasticache:DeleteSnapshot", { snapshotName: "sessions-1" }),
    evidence: "requestParameters.snapshotName",
    resources: ["sessions-1"],
  },
  {
    name: "es DeleteDomain",
    record: call("es:DeleteDomain", { domainName: "logs" }),
    evidence: "requestParameters.domainName",
    resources: ["logs"],
  },
  {
    name: "es DeleteElasticsearchDomain",
    record: call("es:DeleteElasticsearchDomain", { domainName: "logs" }),
    evidence: "requestParameters.domainName",
    resources: ["logs"],
  },
  {
    name: "glacier DeleteVault",
    record: call("glacier:DeleteVault", { vaultName: "archive" }),
    evidence: "requestParameters.vaultName",
    resources: ["archive"],
  },
  {
    name: "glue DeleteDatabase",
    record: call("glue:DeleteDatabase", { name: "lake" }),
    evidence: "requestParameters.name",
    resources: ["lake"],
  },
  {
    name: "kafka DeleteCluster",
    record: call("kafka:DeleteCluster", {
      clusterArn: "arn:aws:kafka:eu-west-1:111122223333:cluster/events/1",
    }),
    evidence: "requestParameters.clusterArn",
    resources: ["arn:aws:kafka:eu-west-1:111122223333:cluster/events/1"],
  },
  {
    name: "kinesis DeleteStream",
    record: call("kinesis:DeleteStream", { streamName: "events" }),
    evidence: "requestParameters.streamName",
    resources: ["events"],
  },
  {
    name: "memorydb DeleteCluster",
    record: call("memorydb:DeleteCluster", { clusterName: "sessions" }),
    evidence: "requestParameters.clusterName",
    resources: ["sessions"],
  },
  {
    name: "redshift-serverless DeleteNamespace",
    record: call("redshift-serverless:DeleteNamespace", { namespaceName: "warehouse" }),
    evidence: "requestParameters.namespaceName",
    resources: ["warehouse"],
  },
  {
    name: "redshift DeleteCluster",
    record: call("redshift:DeleteCluster", {
      clusterIdentifier: "warehouse",
      skipFinalClusterSnapshot: true,
    }),
    evidence: "requestParameters.clusterIdentifier",
    resources: ["warehouse"],
  },
  {
    name: "redshift DeleteClusterSnapshot",
    record: call("redshift:DeleteClusterSnapshot", { snapshotIdentifier: "warehouse-1" }),
    evidence: "requestParameters.snapshotIdentifier",
    resources: ["warehouse-1"],
  },
  {
    name: "s3tables DeleteTableBucket",
    record: call("s3tables:DeleteTableBucket", {
      tableBucketARN: "arn:aws:s3tables:eu-west-1:111122223333:bucket/lake",
    }),
    evidence: "requestParameters.tableBucketARN",
    resources: ["arn:aws:s3tables:eu-west-1:111122223333:bucket/lake"],
  },
  {
    name: "timestream DeleteDatabase",
    record: call("timestream:DeleteDatabase", { databaseName: "metrics" }),
    evidence: "requestParameters.databaseName",
    resources: ["metrics"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
