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
    // Without mount targets a file system can be deleted; but one is quickly made anew.
    if (match && nameOf(record) === "DeleteMountTarget") match.severity = "low";
    return match;
  },
  runbook: [
    "Ask the actor whether it was meant to go; a file system that is deleted cannot be brought back.",
    "Restore it from AWS Backup or a replica if it was not meant, and make new mount targets.",
    "Take the actor's rights away if they cannot say why, before they go on to the next one.",
  ],
  falsePositives: ["A test environment that is torn down by hand."],
  references: [
    "https://docs.aws.amazon.com/efs/latest/ug/API_DeleteFileSystem.html",
    "https://docs.aws.amazon.com/efs/latest/ug/API_DeleteMountTarget.html",
    "https://docs.aws.amazon.com/fsx/latest/APIReference/API_DeleteFileSystem.html",
  ],
};
