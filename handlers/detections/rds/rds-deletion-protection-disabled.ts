import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { evidenceAt, valueAt } from "../readers/evidence";
import { isFalse } from "../../cloudtrail/parameters";
import { databasesOf } from "../readers/databases";

export const rdsDeletionProtectionDisabled: Detection = {
  id: "rds-deletion-protection-disabled",
  title: "RDS deletion protection disabled",
  severity: "medium",
  attack: { technique: "T1485" },
  tier: "core",
  noise: "changes",
  events: ["rds:ModifyDBCluster", "rds:ModifyDBInstance"],
  remediation: "inverse",
  match(record) {
    // Only the request: the response repeats the setting for every change of an unprotected database.
    if (!isFalse(valueAt(record, "requestParameters.deletionProtection"))) return uninspected(record);
    return {
      evidence: evidenceAt(record, "requestParameters.deletionProtection"),
      resources: databasesOf(record),
    };
  },
  runbook: [
    "Ask the database's owner whether it will be deleted; if not, protect it again.",
    "Take a manual snapshot now and copy it to another account or region: automated backups are deleted with the database.",
    "Watch for DeleteDBInstance, DeleteDBCluster and skipFinalSnapshot by the same actor.",
  ],
  falsePositives: ["The first step of a planned decommissioning, or of a stack that is destroyed."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html",
  ],
};
