import type { Detection } from "../detection";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";
import { isByHand } from "../readers/by-hand";
import { databasesOf } from "../readers/databases";
import { resourcesOf, shown } from "../readers/evidence";

/** RDS's names of what is copied, and of the copy. */
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
  title: "Database snapshot created by hand",
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
    "Ask the actor what the snapshot is for; automated backups create their own.",
    "Look for the next steps: ModifyDBSnapshotAttribute, StartExportTask, RestoreDBInstanceFromDBSnapshot.",
    "Delete the snapshot if nobody can explain it, and revoke the actor's permissions.",
  ],
  falsePositives: ["A snapshot before a migration or upgrade, and third-party backup tools."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSnapshot.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CopyDBSnapshot.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CreateSnapshot.html",
  ],
};
