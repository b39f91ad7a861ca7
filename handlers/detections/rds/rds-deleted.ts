import { fieldsOf } from "../../json";
import type { Detection } from "../detection";
import { evidenceAt } from "../readers/evidence";
import { isInvokedBy } from "../readers/principal";
import { isTrue } from "../../cloudtrail/parameters";
import { databasesOf } from "../readers/databases";

export const rdsDeleted: Detection = {
  id: "rds-deleted",
  title: "RDS instance, cluster, snapshot or backup deleted",
  severity: "high",
  attack: { technique: "T1485" },
  tier: "core",
  noise: "changes",
  events: [
    "rds:DeleteDBCluster",
    "rds:DeleteDBClusterAutomatedBackup",
    "rds:DeleteDBClusterSnapshot",
    "rds:DeleteDBInstance",
    "rds:DeleteDBInstanceAutomatedBackup",
    "rds:DeleteDBSnapshot",
    "rds:DeleteGlobalCluster",
  ],
  remediation: "alert",
  match(record) {
    // AWS Backup deletes expired snapshots.
    if (isInvokedBy(record, ["backup.amazonaws.com"])) return undefined;
    const request = fieldsOf(record.requestParameters);
    const evidence = evidenceAt(
      record,
      "requestParameters.skipFinalSnapshot",
      "requestParameters.finalDBSnapshotIdentifier",
      "requestParameters.deleteAutomatedBackups",
    );
    const resources = databasesOf(record);
    return isTrue(request.skipFinalSnapshot)
      ? { evidence, resources, severity: "critical" }
      : { evidence, resources };
  },
  runbook: [
    "Ask the database's owner at once; deleting an instance takes minutes, and its automated backups may still be retained.",
    "Restore from the final snapshot, a retained automated backup, or a copy in another region or account.",
    "Stop the actor if nobody planned it, and protect the remaining databases against deletion.",
  ],
  falsePositives: [
    "Retired and test databases, preview environments, and tools that clean up old snapshots.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteSnapshot.html",
  ],
};
