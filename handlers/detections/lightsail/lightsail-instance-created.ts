import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const lightsailInstanceCreated: Detection = {
  id: "lightsail-instance-created",
  title: "Lightsail instance created or accessed",
  severity: "medium",
  attack: { technique: "T1578.002" },
  tier: "extended",
  noise: "work",
  events: [
    "lightsail:CreateBucketAccessKey",
    "lightsail:CreateCloudFormationStack",
    "lightsail:CreateContainerService",
    "lightsail:CreateContainerServiceDeployment",
    "lightsail:CreateInstances",
    "lightsail:CreateInstancesFromSnapshot",
    "lightsail:CreateKeyPair",
    "lightsail:DownloadDefaultKeyPair",
    "lightsail:GetInstanceAccessDetails",
    "lightsail:GetRelationalDatabaseMasterUserPassword",
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
        "bucketName",
        "relationalDatabaseName",
      ],
      [
        ...named(record, "AWS::Lightsail::Instance", "instanceNames", "instanceName"),
        ...named(record, "AWS::Lightsail::Container", "serviceName"),
        ...named(record, "AWS::Lightsail::KeyPair", "keyPairName"),
      ],
    ),
  runbook: [
    "Ask the actor what runs there: Lightsail is outside the VPCs, security groups and inventories that you monitor.",
    "Stop the instance (StopInstance) if nobody can explain it, before deleting it.",
    "Look in every region for more by the same actor, and check the day's cost.",
  ],
  falsePositives: ["A team that starts using Lightsail."],
  references: [
    "https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_CreateInstances.html",
    "https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_GetInstanceAccessDetails.html",
    "https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_DownloadDefaultKeyPair.html",
  ],
};
