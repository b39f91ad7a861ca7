import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

/** By the parameter that names what is deleted: its CloudFormation type. */
const types = {
  cacheClusterId: "AWS::ElastiCache::CacheCluster",
  clusterArn: "AWS::MSK::Cluster",
  clusterIdentifier: "AWS::Redshift::Cluster",
  clusterName: "AWS::MemoryDB::Cluster",
  bucketName: "AWS::Lightsail::Bucket",
  databaseName: "AWS::Timestream::Database",
  directoryId: "AWS::DirectoryService::MicrosoftAD",
  graphIdentifier: "AWS::NeptuneGraph::Graph",
  keyspaceName: "AWS::Cassandra::Keyspace",
  relationalDatabaseName: "AWS::Lightsail::Database",
  domainName: "AWS::OpenSearchService::Domain",
  id: "AWS::OpenSearchServerless::Collection",
  name: "AWS::Glue::Database",
  namespaceName: "AWS::RedshiftServerless::Namespace",
  replicationGroupId: "AWS::ElastiCache::ReplicationGroup",
  serverlessCacheName: "AWS::ElastiCache::ServerlessCache",
  snapshotIdentifier: "AWS::Redshift::ClusterSnapshot",
  snapshotName: "AWS::ElastiCache::Snapshot",
  streamName: "AWS::Kinesis::Stream",
  tableBucketARN: "AWS::S3Tables::TableBucket",
  vaultName: "AWS::Glacier::Vault",
};
const names = Object.keys(types);

export const dataStoreDeleted: Detection = {
  id: "data-store-deleted",
  title: "Data store deleted",
  severity: "medium",
  attack: { technique: "T1485" },
  tier: "extended",
  noise: "work",
  events: [
    "aoss:DeleteCollection",
    "cassandra:DeleteKeyspace",
    "cassandra:DeleteTable",
    "cassandra:DropKeyspace",
    "cassandra:DropTable",
    "docdb-elastic:DeleteCluster",
    "ds:DeleteDirectory",
    "elasticache:DeleteCacheCluster",
    "elasticache:DeleteReplicationGroup",
    "elasticache:DeleteServerlessCache",
    "elasticache:DeleteSnapshot",
    "es:DeleteDomain",
    "es:DeleteElasticsearchDomain",
    "glacier:DeleteVault",
    "glue:DeleteDatabase",
    "kafka:DeleteCluster",
    "kinesis:DeleteStream",
    "lightsail:DeleteBucket",
    "lightsail:DeleteRelationalDatabase",
    "memorydb:DeleteCluster",
    "neptune-graph:DeleteGraph",
    "redshift-serverless:DeleteNamespace",
    "redshift:DeleteCluster",
    "redshift:DeleteClusterSnapshot",
    "s3tables:DeleteTableBucket",
    "storagegateway:DeleteGateway",
    "storagegateway:DeleteVolume",
    "timestream:DeleteDatabase",
    "timestream:DeleteTable",
    "workspaces:TerminateWorkspaces",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const match = calledByHand(record, context, [
      ...names,
      "skipFinalClusterSnapshot",
      "finalClusterSnapshotIdentifier",
    ]);
    if (match === undefined) return undefined;
    match.resources = Object.entries(types).flatMap(([name, type]) => named(record, type, name));
    return match;
  },
  runbook: [
    "Ask the actor whether the deletion was intended.",
    "If not, restore it from its last snapshot or from AWS Backup; Redshift clusters and caches may have left a final snapshot.",
    "Revoke the actor's permissions if they cannot explain it, before they continue with the next one.",
  ],
  falsePositives: [
    "A test environment that is torn down by hand, and tests that create and delete streams or domains.",
  ],
  references: [
    "https://docs.aws.amazon.com/redshift/latest/APIReference/API_DeleteCluster.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteReplicationGroup.html",
    "https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DeleteDomain.html",
  ],
};
