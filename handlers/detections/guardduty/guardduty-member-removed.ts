import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isAwsService } from "../readers/principal";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";

export const guarddutyMemberRemoved: Detection = {
  id: "guardduty-member-removed",
  title: "GuardDuty member or administrator link removed",
  severity: "high",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: [
    "guardduty:DeleteInvitations",
    "guardduty:DeleteMembers",
    "guardduty:DisassociateFromAdministratorAccount",
    "guardduty:DisassociateFromMasterAccount",
    "guardduty:DisassociateMembers",
    "guardduty:StopMonitoringMembers",
  ],
  remediation: "contain",
  match(record) {
    if (isAwsService(record)) return undefined;
    return {
      evidence: evidenceAt(record, "requestParameters.accountIds", "requestParameters.detectorId"),
      resources: [
        ...resourcesOf("AWS::GuardDuty::Detector", valueAt(record, "requestParameters.detectorId")),
        ...resourcesOf("AWS::Organizations::Account", ...textsOf(parameterOf(record, "accountIds"))),
      ],
    };
  },
  runbook: [
    "Find out which accounts no longer report to the administrator account, and link them again (start-monitoring-members, or an invitation).",
    "Check that GuardDuty is still enabled in those accounts and regions, and read their own findings.",
    "Ask the security team whether it was them; in a member account nobody else has a reason.",
  ],
  falsePositives: ["An account that leaves the organization; a change of the delegated administrator."],
  references: [
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_accounts.html",
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_StopMonitoringMembers.html",
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DisassociateMembers.html",
  ],
};
