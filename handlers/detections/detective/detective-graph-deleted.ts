import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const detectiveGraphDeleted: Detection = {
  id: "detective-graph-deleted",
  title: "Detective switched off, or a member removed",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: ["detective:DeleteGraph", "detective:DeleteMembers", "detective:DisassociateMembership"],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["graphArn", "accountIds"],
      named(record, "AWS::Detective::Graph", "graphArn"),
    ),
  runbook: [
    "Enable it again (CreateGraph, CreateMembers) unless it was given up; the history is lost.",
    "Look at what the same actor did before and after.",
    "Deny these calls to everybody but the security team with a service control policy.",
  ],
  falsePositives: ["Detective dropped to save cost, and an account that is closed."],
  references: [
    "https://docs.aws.amazon.com/detective/latest/APIReference/API_DeleteGraph.html",
    "https://docs.aws.amazon.com/detective/latest/APIReference/API_DeleteMembers.html",
  ],
};
