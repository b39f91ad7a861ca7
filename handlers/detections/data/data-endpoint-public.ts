import type { Detection } from "../detection";
import { isTrue, parameterOf } from "../../cloudtrail/parameters";
import { named, shown } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const dataEndpointPublic: Detection = {
  id: "data-endpoint-public",
  title: "Broker or replication machine made public",
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
    "Make one that is private, and delete this one, unless somebody outside has to connect.",
    "Look at its security groups: from where can it be reached?",
    "Change the passwords of the databases and queues that it knows if it was reached.",
  ],
  falsePositives: ["A migration from outside of AWS."],
  references: [
    "https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationInstance.html",
    "https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html",
  ],
};
