import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "rules",
    record: call("wafv2:UpdateWebACL", {
      name: "edge",
      id: "1",
      scope: "REGIONAL",
      defaultAction: { allow: {} },
    }),
    evidence: "requestParameters.defaultAction",
  },
  {
    name: "addresses",
    record: call("wafv2:UpdateIPSet", { name: "office", id: "1", addresses: ["203.0.113.0/24"] }),
    evidence: "requestParameters.addresses",
  },
  { name: "a group", record: call("wafv2:UpdateRuleGroup", { name: "g", id: "1" }) },
  { name: "rules, the old way", record: call("waf:UpdateWebACL", { webACLId: "1", updates: [] }) },
  { name: "addresses, the old way", record: call("waf:UpdateIPSet", { iPSetId: "1", updates: [] }) },
  { name: "rules of a region", record: call("waf-regional:UpdateWebACL", { webACLId: "1" }) },
  { name: "addresses of a region", record: call("waf-regional:UpdateIPSet", { iPSetId: "1" }) },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
