import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "attached",
    record: call("organizations:AttachPolicy", { policyId: "p-1", targetId: "ou-1" }),
    evidence: "requestParameters.targetId",
    resources: ["p-1", "ou-1"],
  },
  {
    name: "made",
    record: call("organizations:CreatePolicy", { name: "deny", type: "SERVICE_CONTROL_POLICY" }),
  },
  {
    name: "a type",
    record: call("organizations:EnablePolicyType", { rootId: "r-1", policyType: "RESOURCE_CONTROL_POLICY" }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
