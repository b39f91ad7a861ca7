import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const accountCommitmentPurchased: Detection = {
  id: "account-commitment-purchased",
  title: "Commitment of a year or more bought",
  severity: "medium",
  attack: { technique: "T1496" },
  tier: "extended",
  noise: "work",
  events: [
    "dynamodb:PurchaseReservedCapacityOfferings",
    "ec2:PurchaseCapacityBlock",
    "ec2:PurchaseHostReservation",
    "ec2:PurchaseReservedInstancesOffering",
    "ec2:PurchaseScheduledInstances",
    "elasticache:PurchaseReservedCacheNodesOffering",
    "es:PurchaseReservedInstanceOffering",
    "outposts:CreateOrder",
    "rds:PurchaseReservedDBInstancesOffering",
    "redshift:PurchaseReservedNodeOffering",
    "savingsplans:CreateSavingsPlan",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(record, context, [
      "instanceCount",
      "reservedInstancesOfferingId",
      "offeringId",
      "savingsPlanOfferingId",
      "commitment",
      "reservedDBInstancesOfferingId",
      "reservedNodeOfferingId",
      "reservedCacheNodesOfferingId",
    ]),
  runbook: [
    "Ask the actor who approved it: it is paid for one or three years, used or not.",
    "Contact AWS Support at once if nobody did; some purchases can be returned within days.",
    "Revoke the actor's permissions, and look at what else they bought.",
  ],
  falsePositives: ["A planned and approved purchase."],
  references: [
    "https://docs.aws.amazon.com/savingsplans/latest/APIReference/API_CreateSavingsPlan.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PurchaseReservedInstancesOffering.html",
  ],
};
