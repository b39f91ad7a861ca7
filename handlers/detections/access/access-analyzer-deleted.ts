import type { Detection } from "../detection";
import { textParameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const accessAnalyzerDeleted: Detection = {
  id: "access-analyzer-deleted",
  title: "Access Analyzer deleted or its findings archived",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: [
    "access-analyzer:ApplyArchiveRule",
    "access-analyzer:CreateArchiveRule",
    "access-analyzer:DeleteAnalyzer",
    "access-analyzer:UpdateArchiveRule",
    "access-analyzer:UpdateFindings",
  ],
  remediation: "alert",
  match(record, context) {
    if (nameOf(record) === "UpdateFindings" && textParameterOf(record, "status") !== "ARCHIVED")
      return uninspected(record);
    const match = calledByHand(
      record,
      context,
      ["analyzerName", "analyzerArn", "ruleName", "filter", "ids"],
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
