import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const securityhubMemberRemoved: Detection = {
  id: "securityhub-member-removed",
  title: "Account removed from Security Hub",
  severity: "high",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: ["securityhub:DeleteMembers", "securityhub:DisassociateMembers"],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["accountIds"],
      [...named(record, "AWS::Organizations::Account", "accountIds")],
    ),
  runbook: [
    "Ask the security team whether these accounts were to leave Security Hub.",
    "Add them again unless they were: the administrator no longer sees their findings.",
    "Look for activity in the accounts since then.",
  ],
  falsePositives: ["An account that is closed or that leaves the organization."],
  references: [
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DisassociateMembers.html",
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DeleteMembers.html",
  ],
};
