import type { Detection } from "../detection";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";

export const efsFileSystemDeleted: Detection = {
  id: "efs-file-system-deleted",
  title: "File system deleted",
  severity: "medium",
  attack: { technique: "T1485" },
  tier: "extended",
  noise: "changes",
  events: [
    "elasticfilesystem:DeleteFileSystem",
    "elasticfilesystem:DeleteMountTarget",
    "fsx:DeleteBackup",
    "fsx:DeleteFileSystem",
    "fsx:DeleteVolume",
  ],
  remediation: "alert",
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      ["fileSystemId", "mountTargetId", "backupId", "volumeId"],
      [
        ...named(record, "AWS::EFS::FileSystem", "fileSystemId"),
        ...named(record, "AWS::EFS::MountTarget", "mountTargetId"),
        ...named(record, "AWS::FSx::Backup", "backupId"),
        ...named(record, "AWS::FSx::Volume", "volumeId"),
      ],
    );
    // Mount targets must be deleted before a file system; but they are quickly recreated.
    if (match && nameOf(record) === "DeleteMountTarget") match.severity = "low";
    return match;
  },
  runbook: [
    "Ask the actor whether the deletion was intended; a deleted file system cannot be recovered.",
    "If not, restore it from AWS Backup or a replica, and create new mount targets.",
    "Revoke the actor's permissions if they cannot explain it, before they continue with the next one.",
  ],
  falsePositives: ["A test environment that is torn down by hand."],
  references: [
    "https://docs.aws.amazon.com/efs/latest/ug/API_DeleteFileSystem.html",
    "https://docs.aws.amazon.com/efs/latest/ug/API_DeleteMountTarget.html",
    "https://docs.aws.amazon.com/fsx/latest/APIReference/API_DeleteFileSystem.html",
  ],
};
