import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const securityToolsDisabled: Detection = {
  id: "security-tools-disabled",
  title: "Security service disabled",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: [
    "auditmanager:DeregisterAccount",
    "fms:DeletePolicy",
    "fms:DisassociateAdminAccount",
    "macie2:DisableOrganizationAdminAccount",
    "oam:DeleteLink",
    "oam:DeleteSink",
    "securityhub:DisableOrganizationAdminAccount",
    "securitylake:DeleteDataLake",
    "securitylake:DeleteSubscriber",
  ],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(record, context, ["policyId", "adminAccountId", "identifier", "regions", "subscriberId"]),
  runbook: [
    "Enable it again unless the security team gave it up.",
    "Look at what the same actor did before and after.",
    "Deny these calls to everybody but the security team with a service control policy.",
  ],
  falsePositives: ["A service that is replaced by another, and a move to another security account."],
  references: [
    "https://docs.aws.amazon.com/fms/2018-01-01/APIReference/API_DisassociateAdminAccount.html",
    "https://docs.aws.amazon.com/security-lake/latest/APIReference/API_DeleteDataLake.html",
    "https://docs.aws.amazon.com/OAM/latest/APIReference/API_DeleteLink.html",
  ],
};
