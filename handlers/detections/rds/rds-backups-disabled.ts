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
  // Clusters cannot be without: they keep backups for a day at least.
  events: ["rds:ModifyDBInstance"],
  remediation: "baseline",
  match(record) {
    // The request alone: the response repeats the setting for every change of a database without backups.
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
    "Set the retention period back at once: as long as the change is pending, the backups are still there.",
    "Take a manual snapshot now and copy it to another account or region: RDS deletes the automated backups with the change.",
    "Watch for DeleteDBInstance and DeleteDBSnapshot by the same actor.",
  ],
  falsePositives: [
    "Databases for tests, and databases that are loaded in bulk, whose owners save the backups.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.Disabling.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html",
  ],
};
