import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const rule = { name: "all", enabled: true, actions: [{ s3Action: { bucketName: "mail" } }] };
const hits: Case[] = [
  {
    name: "a rule",
    record: call("ses:CreateReceiptRule", { ruleSetName: "in", rule }),
    evidence: "requestParameters.rule",
  },
  { name: "a changed rule", record: call("ses:UpdateReceiptRule", { ruleSetName: "in", rule }) },
  { name: "another set", record: call("ses:SetActiveReceiptRuleSet", { ruleSetName: "other" }) },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
