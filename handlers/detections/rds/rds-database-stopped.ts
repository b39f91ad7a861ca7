import type { Detection } from "../detection";
import { isByHand } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { databasesOf } from "../readers/databases";

export const rdsDatabaseStopped: Detection = {
  id: "rds-database-stopped",
  title: "Database stopped",
  severity: "medium",
  attack: { technique: "T1489" },
  tier: "extended",
  noise: "work",
  events: ["rds:StopDBCluster", "rds:StopDBInstance"],
  remediation: "inverse",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (!isByHand(record, context)) return undefined;
    return {
      evidence: shown(record, "dBInstanceIdentifier", "dBClusterIdentifier", "dBSnapshotIdentifier"),
      resources: databasesOf(record),
    };
  },
  runbook: [
    "Ask the actor why: whatever uses the database fails until it is started again.",
    "Start it (StartDBInstance, StartDBCluster) if nobody knows why.",
    "Look for snapshots and deletions by the same actor.",
  ],
  falsePositives: ["A test database that is stopped for the night, for the first time."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StopDBInstance.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StartDBInstance.html",
  ],
};
