import type { Detection } from "../detection";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";

export const accessAnalyzerDeleted: Detection = {
  id: "access-analyzer-deleted",
  title: "Access Analyzer deleted or its findings archived",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: [
    "access-analyzer:CreateArchiveRule",
    "access-analyzer:DeleteAnalyzer",
    "access-analyzer:UpdateArchiveRule",
  ],
  remediation: "alert",
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      ["analyzerName", "ruleName", "filter"],
      named(record, "AWS::AccessAnalyzer::Analyzer", "analyzerName"),
    );
    if (match && nameOf(record) !== "DeleteAnalyzer") match.severity = "low";
    return match;
  },
  runbook: [
    "Make the analyzer again (CreateAnalyzer) unless another one sees the same; take out a rule that archives too much.",
    "Look for what it would have found: policies that the same actor opened since.",
    "Deny these calls by a service control policy to all but the security team.",
  ],
  falsePositives: [
    "An analyzer of one account that one of the organization replaces, and rules for access that is meant.",
  ],
  references: [
    "https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_DeleteAnalyzer.html",
    "https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CreateArchiveRule.html",
  ],
};
