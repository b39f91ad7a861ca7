import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "EFS",
    record: call("elasticfilesystem:DeleteFileSystem", { fileSystemId: "fs-0a1b2c3d" }),
    evidence: "requestParameters.fileSystemId",
    resources: ["fs-0a1b2c3d"],
  },
  {
    name: "a mount target",
    record: call("elasticfilesystem:DeleteMountTarget", { mountTargetId: "fsmt-0a1b2c3d" }),
    severity: "low",
    resources: ["fsmt-0a1b2c3d"],
  },
  {
    name: "FSx",
    record: call("fsx:DeleteFileSystem", { fileSystemId: "fs-0a1b2c3d" }),
    resources: ["fs-0a1b2c3d"],
  },
  { name: "a backup", record: call("fsx:DeleteBackup", { backupId: "backup-1" }), resources: ["backup-1"] },
  { name: "a volume", record: call("fsx:DeleteVolume", { volumeId: "fsvol-1" }), resources: ["fsvol-1"] },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
