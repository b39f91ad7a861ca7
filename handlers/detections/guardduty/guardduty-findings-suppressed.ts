import { uninspected } from "../readers/uninspected";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isAwsService } from "../readers/principal";
import { isFalse, isTrue, parameterOf } from "../../cloudtrail/parameters";

export const guarddutyFindingsSuppressed: Detection = {
  id: "guardduty-findings-suppressed",
  title: "GuardDuty findings suppressed by IP set, filter or threat list",
  severity: "high",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "core",
  noise: "changes",
  events: [
    "guardduty:ArchiveFindings",
    "guardduty:CreateFilter",
    "guardduty:CreateIPSet",
    "guardduty:CreateThreatIntelSet",
    "guardduty:UpdateFilter",
    "guardduty:UpdateIPSet",
    "guardduty:UpdateThreatIntelSet",
  ],
  remediation: "inverse",
  match(record) {
    if (isAwsService(record)) return undefined;
    if (!suppresses(record)) return uninspected(record);
    const match = {
      evidence: evidenceAt(
        record,
        "requestParameters.action",
        "requestParameters.activate",
        "requestParameters.location",
        "requestParameters.findingCriteria",
        "requestParameters.findingIds",
      ),
      resources: resourcesOf("AWS::GuardDuty::Detector", valueAt(record, "requestParameters.detectorId")),
    };
    // Archiving is also how a person marks what they have reviewed.
    return nameOf(record) === "ArchiveFindings" ? { ...match, severity: "medium" } : match;
  },
  runbook: [
    "Read the list or filter: which addresses, accounts or finding types are hidden from now on, and whose are they?",
    "Deactivate the list or delete the filter, and unarchive the findings, unless its owner can explain it.",
    "Search the archived findings since then for what was hidden.",
  ],
  falsePositives: [
    "A suppression rule or trusted list that the security team maintains.",
    "Findings archived by hand after review (reported as medium).",
  ],
  references: [
    "https://docs.aws.amazon.com/guardduty/latest/ug/findings_suppression-rule.html",
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_upload-lists.html",
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateIPSet.html",
  ],
};

function suppresses(record: CloudTrailRecord): boolean {
  const activate = parameterOf(record, "activate");
  const isReplaced = parameterOf(record, "location") !== undefined;
  switch (nameOf(record)) {
    case "CreateIPSet":
    case "CreateThreatIntelSet":
      return !isFalse(activate);
    case "UpdateIPSet":
      return isTrue(activate) || isReplaced;
    case "UpdateThreatIntelSet":
      return activate !== undefined || isReplaced;
    case "ArchiveFindings":
      return true;
    default:
      return parameterOf(record, "action") === "ARCHIVE";
  }
}
