import type { Detection } from "../detection";
import { isByHand, named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { databasesOf } from "../readers/databases";

/** RDS's names of what is restored, and of the result. */
const identifiers = [
  "dBSnapshotIdentifier",
  "snapshotIdentifier",
  "sourceDBInstanceIdentifier",
  "sourceDBClusterIdentifier",
  "s3BucketName",
  "dBInstanceIdentifier",
  "dBClusterIdentifier",
  "targetDBInstanceIdentifier",
];

export const rdsSnapshotRestored: Detection = {
  id: "rds-snapshot-restored",
  title: "Database restored or replicated",
  severity: "medium",
  attack: { technique: "T1578.002" },
  tier: "extended",
  noise: "work",
  events: [
    "rds:CreateDBInstanceReadReplica",
    "rds:RestoreDBClusterFromS3",
    "rds:RestoreDBClusterFromSnapshot",
    "rds:RestoreDBClusterToPointInTime",
    "rds:RestoreDBInstanceFromDBSnapshot",
    "rds:RestoreDBInstanceFromS3",
    "rds:RestoreDBInstanceToPointInTime",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (!isByHand(record, context)) return undefined;
    return {
      evidence: shown(record, ...identifiers, "publiclyAccessible"),
      resources: [
        ...databasesOf(record),
        ...named(record, "AWS::RDS::DBInstance", "sourceDBInstanceIdentifier"),
      ],
    };
  },
  runbook: [
    "Ask the actor what the copy of the database is for, and who may connect to it.",
    "Look for a new master password or a public address (ModifyDBInstance) right afterwards: that is how a copy is read.",
    "Delete the copy if nobody can explain it, and revoke the actor's permissions.",
  ],
  falsePositives: ["A restore test, and a copy of production for a developer."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceToPointInTime.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html",
  ],
};
