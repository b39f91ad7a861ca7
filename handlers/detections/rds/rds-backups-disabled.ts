import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { evidenceAt, valueAt } from "../readers/evidence";
import { numberOf } from "../../cloudtrail/parameters";
import { databasesOf } from "../readers/databases";

export const rdsBackupsDisabled: Detection = {
  id: "rds-backups-disabled",
  title: "RDS automated backups disabled",
  severity: "medium",
  attack: { technique: "T1490" },
  tier: "core",
  noise: "changes",
  // Clusters always have backups, kept for at least a day.
  events: ["rds:ModifyDBInstance"],
  remediation: "baseline",
  match(record) {
    // Only the request: the response repeats the setting for every change of a database without backups.
    if (numberOf(valueAt(record, "requestParameters.backupRetentionPeriod")) !== 0)
      return uninspected(record);
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.backupRetentionPeriod",
        "requestParameters.applyImmediately",
      ),
      resources: databasesOf(record),
    };
  },
  runbook: [
    "Restore the retention period at once: as long as the change is pending, the backups still exist.",
    "Take a manual snapshot now and copy it to another account or region: RDS deletes the automated backups with the change.",
    "Watch for DeleteDBInstance and DeleteDBSnapshot by the same actor.",
  ],
  falsePositives: ["Test databases, and databases during bulk loading, to save the cost of backups."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.Disabling.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html",
  ],
};
