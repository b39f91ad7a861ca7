import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const lightsailInstanceCreated: Detection = {
  id: "lightsail-instance-created",
  title: "Lightsail instance created or entered",
  severity: "medium",
  attack: { technique: "T1578.002" },
  tier: "extended",
  noise: "work",
  events: [
    "lightsail:CreateContainerService",
    "lightsail:CreateContainerServiceDeployment",
    "lightsail:CreateInstances",
    "lightsail:CreateInstancesFromSnapshot",
    "lightsail:CreateKeyPair",
    "lightsail:DownloadDefaultKeyPair",
    "lightsail:GetInstanceAccessDetails",
    "lightsail:ImportKeyPair",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      [
        "instanceNames",
        "instanceName",
        "bundleId",
        "blueprintId",
        "serviceName",
        "keyPairName",
        "availabilityZone",
      ],
      [
        ...named(record, "AWS::Lightsail::Instance", "instanceNames", "instanceName"),
        ...named(record, "AWS::Lightsail::Container", "serviceName"),
        ...named(record, "AWS::Lightsail::KeyPair", "keyPairName"),
      ],
    ),
  runbook: [
    "Ask the actor what runs there: Lightsail is outside of the VPCs, security groups and inventories that you watch.",
    "Stop the instance (StopInstance) if nobody knows it, before you delete it.",
    "Look in every region for more of the same by this actor, and at the day's cost.",
  ],
  falsePositives: ["A team that begins to use Lightsail."],
  references: [
    "https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_CreateInstances.html",
    "https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_GetInstanceAccessDetails.html",
    "https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_DownloadDefaultKeyPair.html",
  ],
};
