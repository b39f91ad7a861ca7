import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isFalse, parameterOf } from "../../cloudtrail/parameters";

export const guarddutyDetectorDisabled: Detection = {
  id: "guardduty-detector-disabled",
  title: "GuardDuty detector disabled",
  severity: "critical",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "core",
  events: ["guardduty:UpdateDetector"],
  remediation: "inverse",
  match(record) {
    if (!isFalse(parameterOf(record, "enable"))) return uninspected(record);
    return {
      evidence: evidenceAt(record, "requestParameters.enable", "requestParameters.detectorId"),
      resources: resourcesOf("AWS::GuardDuty::Detector", valueAt(record, "requestParameters.detectorId")),
    };
  },
  runbook: [
    "Enable the detector again (aws guardduty update-detector --enable) in the region of the event.",
    "Check all regions: whoever disables one detector tends to disable the others.",
    "Read the last findings from before: what was about to be noticed, and on which resource?",
  ],
  falsePositives: ["A region that is given up, in an organization without automatic enablement."],
  references: [
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateDetector.html",
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_suspend-disable.html",
  ],
};
