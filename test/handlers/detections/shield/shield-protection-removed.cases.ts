import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a protection",
    record: call("shield:DeleteProtection", { protectionId: "p-1" }),
    evidence: "requestParameters.protectionId",
    resources: ["p-1"],
  },
  { name: "a group", record: call("shield:DeleteProtectionGroup", { protectionGroupId: "g" }) },
  { name: "all of it", record: call("shield:DeleteSubscription", null) },
  {
    name: "the automatic answer",
    record: call("shield:DisableApplicationLayerAutomaticResponse", {
      resourceArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/1",
    }),
    evidence: "requestParameters.resourceArn",
  },
  { name: "calls by AWS", record: call("shield:DisableProactiveEngagement", null) },
  { name: "the rights of AWS's team", record: call("shield:DisassociateDRTRole", null) },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
