import type { Detection } from "../detection";
import { isFalse, parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const guarddutyExportRemoved: Detection = {
  id: "guardduty-export-removed",
  title: "GuardDuty findings export removed",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: [
    "guardduty:DeleteMalwareProtectionPlan",
    "guardduty:DeletePublishingDestination",
    "guardduty:DisableOrganizationAdminAccount",
    "guardduty:UpdateOrganizationConfiguration",
    "guardduty:UpdatePublishingDestination",
  ],
  remediation: "alert",
  match(record, context) {
    if (nameOf(record) === "UpdateOrganizationConfiguration" && !isOff(record)) return uninspected(record);
    return calledByHand(
      record,
      context,
      [
        "detectorId",
        "destinationId",
        "destinationProperties",
        "adminAccountId",
        "malwareProtectionPlanId",
        "autoEnable",
        "autoEnableOrganizationMembers",
      ],
      named(record, "AWS::GuardDuty::Detector", "detectorId"),
    );
  },
  runbook: [
    "Restore it (CreatePublishingDestination, EnableOrganizationAdminAccount) unless the security team gave it up.",
    "Read the findings since then in GuardDuty itself.",
    "Deny these calls to everybody but the security team with a service control policy.",
  ],
  falsePositives: ["A move to another bucket or another security account."],
  references: [
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DeletePublishingDestination.html",
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateOrganizationConfiguration.html",
  ],
};

/** Whether accounts that join the organization stay unmonitored. */
function isOff(record: CloudTrailRecord): boolean {
  return (
    isFalse(parameterOf(record, "autoEnable")) ||
    textParameterOf(record, "autoEnableOrganizationMembers") === "NONE"
  );
}
