import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const ebsSnapshotDownloaded: Detection = {
  id: "ebs-snapshot-downloaded",
  title: "Blocks of a snapshot read",
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
    "Ask the actor what reads snapshots block by block; it takes neither an instance nor a shared snapshot to download a disk so.",
    "Find out whether all blocks were read (GetSnapshotBlock, data events), and from which address.",
    "Take the actor's rights away, and rotate what secrets the disk holds.",
  ],
  falsePositives: ["Backup tools that are not AWS's own and run for the first time."],
  references: [
    "https://docs.aws.amazon.com/ebs/latest/APIReference/API_GetSnapshotBlock.html",
    "https://docs.aws.amazon.com/ebs/latest/userguide/logging-ebs-apis-using-cloudtrail.html",
  ],
};
