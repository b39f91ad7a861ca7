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
    "Recreate the analyzer (CreateAnalyzer) unless another one covers the same; delete a rule that archives too much.",
    "Look for what it would have found: policies that the same actor has opened since then.",
    "Deny these calls to everybody but the security team with a service control policy.",
  ],
  falsePositives: ["An account's analyzer replaced by the organization's, and rules for intended access."],
  references: [
    "https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_DeleteAnalyzer.html",
    "https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CreateArchiveRule.html",
  ],
};
