import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const ebsSnapshotDownloaded: Detection = {
  id: "ebs-snapshot-downloaded",
  title: "Snapshot read block by block",
  severity: "medium",
  attack: { technique: "T1530" },
  tier: "extended",
  noise: "work",
  events: ["ebs:GetSnapshotBlock", "ebs:ListChangedBlocks", "ebs:ListSnapshotBlocks"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["snapshotId", "firstSnapshotId", "secondSnapshotId"],
      named(record, "AWS::EC2::Snapshot", "snapshotId", "firstSnapshotId", "secondSnapshotId"),
    ),
  runbook: [
    "Ask the actor what reads snapshots block by block; a disk can be downloaded this way without an instance or a shared snapshot.",
    "Find out whether all blocks were read (GetSnapshotBlock, data events), and from which address.",
    "Revoke the actor's permissions, and rotate the secrets on the disk.",
  ],
  falsePositives: ["Third-party backup tools running for the first time."],
  references: [
    "https://docs.aws.amazon.com/ebs/latest/APIReference/API_GetSnapshotBlock.html",
    "https://docs.aws.amazon.com/ebs/latest/userguide/logging-ebs-apis-using-cloudtrail.html",
  ],
};
