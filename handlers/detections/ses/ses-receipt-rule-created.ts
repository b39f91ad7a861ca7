import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const sesReceiptRuleCreated: Detection = {
  id: "ses-receipt-rule-created",
  title: "Rule for incoming mail created or changed",
  severity: "medium",
  attack: { technique: "T1114.003" },
  tier: "extended",
  noise: "work",
  events: ["ses:CreateReceiptRule", "ses:SetActiveReceiptRuleSet", "ses:UpdateReceiptRule"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) => calledByHand(record, context, ["ruleSetName", "rule"]),
  runbook: [
    "Ask the actor where mail goes that this domain receives: a bucket, a function, a topic.",
    "Set the earlier rule set active again if nobody can explain it: mail may contain password resets and codes.",
    "Look for new identities and records of DNS (MX) by the same actor.",
  ],
  falsePositives: ["A product that starts receiving mail."],
  references: [
    "https://docs.aws.amazon.com/ses/latest/APIReference/API_CreateReceiptRule.html",
    "https://docs.aws.amazon.com/ses/latest/APIReference/API_SetActiveReceiptRuleSet.html",
  ],
};
