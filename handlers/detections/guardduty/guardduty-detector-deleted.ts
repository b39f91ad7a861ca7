import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const guarddutyDetectorDeleted: Detection = {
  id: "guardduty-detector-deleted",
  title: "GuardDuty detector deleted",
  severity: "critical",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "core",
  noise: "none",
  events: ["guardduty:DeleteDetector"],
  remediation: "contain",
  match(record) {
    return {
      evidence: evidenceAt(record, "requestParameters.detectorId"),
      resources: resourcesOf("AWS::GuardDuty::Detector", valueAt(record, "requestParameters.detectorId")),
    };
  },
  runbook: [
    "Create a detector again in the region of the event and restore its member links, filters and lists from code; its findings are lost.",
    "Get the findings from where they were exported (Security Hub, EventBridge, S3) and read those of the last days.",
    "Contain the actor unless the deletion was planned, and deny guardduty:DeleteDetector to everyone with a service control policy.",
  ],
  falsePositives: ["An account or region that is closed down; a test stack that is destroyed."],
  references: [
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DeleteDetector.html",
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_suspend-disable.html",
  ],
};
