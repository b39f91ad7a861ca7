import type { Detection } from "../detection";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";

export const guarddutyListDeleted: Detection = {
  id: "guardduty-list-deleted",
  title: "GuardDuty threat or trusted list deleted",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: [
    "guardduty:DeleteIPSet",
    "guardduty:DeleteThreatEntitySet",
    "guardduty:DeleteThreatIntelSet",
    "guardduty:DeleteTrustedEntitySet",
  ],
  remediation: "alert",
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      ["ipSetId", "threatIntelSetId", "threatEntitySetId", "trustedEntitySetId", "detectorId"],
      named(record, "AWS::GuardDuty::Detector", "detectorId"),
    );
    // Without a trusted list, GuardDuty reports more than before.
    const isTrustedList = ["DeleteIPSet", "DeleteTrustedEntitySet"].includes(nameOf(record));
    return match !== undefined && isTrustedList ? { ...match, severity: "low" } : match;
  },
  runbook: [
    "Find out what the list contained: its addresses and domains are no longer reported as threats.",
    "Create it again from its file in S3 unless its owner meant to delete it.",
    "Look for traffic from and to the addresses of the list since then.",
  ],
  falsePositives: ["A list that is replaced by another, or by GuardDuty's own threat intelligence."],
  references: [
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DeleteThreatIntelSet.html",
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_upload-lists.html",
  ],
};
