import type { Detection } from "../detection";
import { isTrue, parameterOf } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const dataEndpointPublic: Detection = {
  id: "data-endpoint-public",
  title: "Message broker or replication instance made public",
  severity: "medium",
  attack: { technique: "T1133" },
  tier: "extended",
  noise: "changes",
  events: ["dms:CreateReplicationInstance", "dms:ModifyReplicationInstance", "mq:CreateBroker"],
  remediation: "alert",
  match(record) {
    if (!isTrue(parameterOf(record, "publiclyAccessible"))) return uninspected(record);
    return {
      evidence: shown(record, "publiclyAccessible"),
      resources: [
        ...named(
          record,
          "AWS::DMS::ReplicationInstance",
          "replicationInstanceIdentifier",
          "replicationInstanceArn",
        ),
        ...named(record, "AWS::AmazonMQ::Broker", "brokerName"),
      ],
    };
  },
  runbook: [
    "Create a private one and delete this one, unless somebody outside must connect.",
    "Look at its security groups: from where can it be reached?",
    "If it was reached, change the passwords of the databases and queues it connects to.",
  ],
  falsePositives: ["A migration from outside AWS."],
  references: [
    "https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationInstance.html",
    "https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html",
  ],
};
