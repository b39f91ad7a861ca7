import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "ec2 PurchaseCapacityBlock",
    record: call("ec2:PurchaseCapacityBlock", { capacityBlockOfferingId: "o" }),
  },
  { name: "outposts CreateOrder", record: call("outposts:CreateOrder", { outpostIdentifier: "o" }) },
  {
    name: "dynamodb PurchaseReservedCapacityOfferings",
    record: call("dynamodb:PurchaseReservedCapacityOfferings", { offeringId: "o" }),
  },
  { name: "ec2 PurchaseHostReservation", record: call("ec2:PurchaseHostReservation", { offeringId: "o" }) },
  {
    name: "ec2 PurchaseReservedInstancesOffering",
    record: call("ec2:PurchaseReservedInstancesOffering", {
      instanceCount: 100,
      reservedInstancesOfferingId: "o",
    }),
    evidence: "requestParameters.instanceCount",
  },
  {
    name: "ec2 PurchaseScheduledInstances",
    record: call("ec2:PurchaseScheduledInstances", { offeringId: "o" }),
  },
  {
    name: "elasticache PurchaseReservedCacheNodesOffering",
    record: call("elasticache:PurchaseReservedCacheNodesOffering", { offeringId: "o" }),
  },
  {
    name: "es PurchaseReservedInstanceOffering",
    record: call("es:PurchaseReservedInstanceOffering", { offeringId: "o" }),
  },
  {
    name: "rds PurchaseReservedDBInstancesOffering",
    record: call("rds:PurchaseReservedDBInstancesOffering", { offeringId: "o" }),
  },
  {
    name: "redshift PurchaseReservedNodeOffering",
    record: call("redshift:PurchaseReservedNodeOffering", { offeringId: "o" }),
  },
  {
    name: "savingsplans CreateSavingsPlan",
    record: call("savingsplans:CreateSavingsPlan", { offeringId: "o" }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
