import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const rbinRuleWeakened: Detection = {
  id: "rbin-rule-weakened",
  title: "Recycle Bin retention removed",
  severity: "medium",
  attack: { technique: "T1490" },
  tier: "extended",
  noise: "rare",
  events: ["rbin:DeleteRule", "rbin:UnlockRule", "rbin:UpdateRule"],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["identifier", "retentionPeriod", "resourceTags", "excludeResourceTags"],
      [...named(record, "AWS::Rbin::Rule", "identifier")],
    ),
  runbook: [
    "Find out which snapshots and images the rule kept after their deletion, and for how long it does now.",
    "Restore the rule, and lock it (aws rbin lock-rule), so that it cannot be removed at once.",
    "Look for deletions of snapshots, images and volumes by the same actor: they are final without the rule.",
  ],
  falsePositives: ["A planned change of how long deleted snapshots and images are kept."],
  references: [
    "https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin.html",
    "https://docs.aws.amazon.com/recyclebin/latest/APIReference/API_DeleteRule.html",
  ],
};
