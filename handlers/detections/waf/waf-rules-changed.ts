import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const wafRulesChanged: Detection = {
  id: "waf-rules-changed",
  title: "WAF rules or IP sets changed",
  severity: "low",
  attack: { technique: "T1686.001", before: "T1562.007" },
  tier: "extended",
  noise: "work",
  events: [
    "waf-regional:UpdateIPSet",
    "waf-regional:UpdateWebACL",
    "waf:UpdateIPSet",
    "waf:UpdateWebACL",
    "wafv2:UpdateIPSet",
    "wafv2:UpdateRuleGroup",
    "wafv2:UpdateWebACL",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["name", "id", "iPSetId", "webACLId", "addresses", "defaultAction", "updates", "scope"],
      named(record, "AWS::WAFv2::WebACL", "name", "webACLId"),
    ),
  runbook: [
    "Ask the actor which addresses or requests are now allowed.",
    "Compare with the template, and revert what nobody can explain.",
    "Check the firewall's log for requests since then.",
  ],
  falsePositives: [
    "A person who changes rules by hand, and automation that blocks addresses, for the first time.",
  ],
  references: [
    "https://docs.aws.amazon.com/waf/latest/APIReference/API_UpdateWebACL.html",
    "https://docs.aws.amazon.com/waf/latest/APIReference/API_UpdateIPSet.html",
  ],
};
