import type { CloudTrailRecord } from "../../cloudtrail/record";
import type { Detection, Evidence } from "../detection";
import { fieldOf, isTrue, parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { parameterPath, shown } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const dataEndpointPublic: Detection = {
  id: "data-endpoint-public",
  title: "Data service made public",
  severity: "medium",
  attack: { technique: "T1133" },
  tier: "extended",
  noise: "changes",
  events: [
    "aoss:CreateSecurityPolicy",
    "aoss:UpdateSecurityPolicy",
    "dms:CreateReplicationInstance",
    "dms:ModifyReplicationInstance",
    "kafka:UpdateConnectivity",
    "lightsail:CreateRelationalDatabase",
    "lightsail:UpdateBucket",
    "lightsail:UpdateRelationalDatabase",
    "mq:CreateBroker",
    "neptune-graph:CreateGraph",
    "neptune-graph:UpdateGraph",
    "quicksight:UpdatePublicSharingSettings",
    "timestream-influxdb:CreateDbInstance",
  ],
  remediation: "alert",
  match(record) {
    const opened = flags.filter((name) => isTrue(parameterOf(record, name)));
    const evidence = opened.length > 0 ? shown(record, ...opened) : openedWithin(record);
    if (evidence.length === 0) return uninspected(record);
    return {
      evidence,
      resources: [
        ...named(
          record,
          "AWS::DMS::ReplicationInstance",
          "replicationInstanceIdentifier",
          "replicationInstanceArn",
        ),
        ...named(record, "AWS::AmazonMQ::Broker", "brokerName"),
        ...named(record, "AWS::Lightsail::Bucket", "bucketName"),
        ...named(record, "AWS::Lightsail::Database", "relationalDatabaseName"),
        ...named(record, "AWS::MSK::Cluster", "clusterArn"),
        ...named(record, "AWS::NeptuneGraph::Graph", "graphName", "graphIdentifier"),
      ],
    };
  },
  runbook: [
    "Make it private again, or replace it by a private one, unless somebody outside must connect.",
    "Look at its security groups and policies: from where, and by whom, can it be reached?",
    "If it was reached, change the passwords of the databases and queues that it has or connects to.",
  ],
  falsePositives: ["A migration from outside AWS; a bucket of a public website."],
  references: [
    "https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationInstance.html",
    "https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html",
    "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html",
    "https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_UpdateBucket.html",
    "https://docs.aws.amazon.com/quicksight/latest/APIReference/API_UpdatePublicSharingSettings.html",
    "https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html",
  ],
};

/** Parameters that are true if the service is public. */
const flags = ["publiclyAccessible", "publicConnectivity", "publicSharingEnabled"];

/** What makes a service public by more than a flag of the request. */
function openedWithin(record: CloudTrailRecord): Evidence[] {
  const within: [name: string, isPublic: boolean][] = [
    // Kafka: DISABLED, or with addresses of its own.
    [
      "connectivityInfo",
      fieldOf(fieldOf(parameterOf(record, "connectivityInfo"), "publicAccess"), "type") ===
        "SERVICE_PROVIDED_EIPS",
    ],
    ["accessRules", fieldOf(parameterOf(record, "accessRules"), "getObject") === "public"],
    // A network policy of OpenSearch Serverless is JSON in a text.
    ["policy", /"AllowFromPublic"\s*:\s*true/.test(textParameterOf(record, "policy") ?? "")],
  ];
  return within
    .filter(([, isPublic]) => isPublic)
    .map(([name]) => ({ parameter: parameterPath(record, name), value: parameterOf(record, name) }));
}
