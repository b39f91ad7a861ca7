import { uninspected } from "../readers/uninspected";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { parameterOf } from "../../cloudtrail/parameters";

export const macieDisabled: Detection = {
  id: "macie-disabled",
  title: "Macie disabled or paused",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: [
    "macie:CreateFindingsFilter",
    "macie:DisableMacie",
    "macie:UpdateFindingsFilter",
    "macie:UpdateMacieSession",
    "macie2:CreateFindingsFilter",
    "macie2:DisableMacie",
    "macie2:UpdateFindingsFilter",
    "macie2:UpdateMacieSession",
  ],
  remediation: "inverse",
  match(record) {
    if (!isSilenced(record)) return uninspected(record);
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.status",
        "requestParameters.action",
        "requestParameters.name",
      ),
      resources: resourcesOf("AWS::Macie::Session", record.awsRegion),
    };
  },
  runbook: [
    "Enable Macie, or set its session back to ENABLED, in the region of the event; delete a filter that archives too much.",
    "Check whether sensitive data was read or copied since then: Macie would have named the buckets.",
    "Ask the actor; discovery jobs and their results must be set up again after Macie was disabled.",
  ],
  falsePositives: ["Cost saving in a test account; a suppression rule of the team that reads the findings."],
  references: [
    "https://docs.aws.amazon.com/macie/latest/user/suspend-macie.html",
    "https://docs.aws.amazon.com/macie/latest/APIReference/macie.html",
    "https://docs.aws.amazon.com/macie/latest/user/findings-suppression.html",
  ],
};

function isSilenced(record: CloudTrailRecord): boolean {
  switch (nameOf(record)) {
    case "DisableMacie":
      return true;
    case "UpdateMacieSession":
      return parameterOf(record, "status") === "PAUSED";
    default:
      return parameterOf(record, "action") === "ARCHIVE";
  }
}
