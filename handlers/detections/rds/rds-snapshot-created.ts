import type { Detection } from "../detection";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";
import { isByHand, shown } from "../readers/by-hand";
import { databasesOf } from "../readers/databases";
import { resourcesOf } from "../readers/evidence";

/** How RDS calls what is copied, and the copy. */
const identifiers = [
  "dBInstanceIdentifier",
  "dBClusterIdentifier",
  "dBSnapshotIdentifier",
  "dBClusterSnapshotIdentifier",
  "sourceDBSnapshotIdentifier",
  "sourceDBClusterSnapshotIdentifier",
  "targetDBSnapshotIdentifier",
  "targetDBClusterSnapshotIdentifier",
];

export const rdsSnapshotCreated: Detection = {
  id: "rds-snapshot-created",
  title: "Database snapshot made by hand",
  severity: "low",
  attack: { technique: "T1578.001" },
  tier: "extended",
  noise: "work",
  events: [
    "rds:CopyDBClusterSnapshot",
    "rds:CopyDBSnapshot",
    "rds:CreateDBClusterSnapshot",
    "rds:CreateDBSnapshot",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (!isByHand(record, context)) return undefined;
    const source = textsOf(parameterOf(record, "sourceDBSnapshotIdentifier"));
    return {
      evidence: shown(record, ...identifiers),
      resources: [...databasesOf(record), ...resourcesOf("AWS::RDS::DBSnapshot", ...source)],
    };
  },
  runbook: [
    "Ask the actor what the snapshot is for; automated backups make their own.",
    "Look for what comes next: ModifyDBSnapshotAttribute, StartExportTask, RestoreDBInstanceFromDBSnapshot.",
    "Delete the snapshot if nobody knows it, and take the actor's rights away.",
  ],
  falsePositives: ["A snapshot before a migration or an upgrade, and backup tools that are not AWS's own."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSnapshot.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CopyDBSnapshot.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CreateSnapshot.html",
  ],
};
