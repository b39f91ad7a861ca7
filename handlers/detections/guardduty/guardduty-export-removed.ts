import type { Detection } from "../detection";
import { isFalse, parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const guarddutyExportRemoved: Detection = {
  id: "guardduty-export-removed",
  title: "GuardDuty findings kept from where they are read",
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
    "Set it back (CreatePublishingDestination, EnableOrganizationAdminAccount) unless the security team gave it up.",
    "Read the findings of the time since in GuardDuty itself.",
    "Deny these calls by a service control policy to all but the security team.",
  ],
  falsePositives: ["A move to another bucket or another security account."],
  references: [
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DeletePublishingDestination.html",
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateOrganizationConfiguration.html",
  ],
};

/** Whether accounts that join the organization are left unwatched. */
function isOff(record: CloudTrailRecord): boolean {
  return (
    isFalse(parameterOf(record, "autoEnable")) ||
    textParameterOf(record, "autoEnableOrganizationMembers") === "NONE"
  );
}
