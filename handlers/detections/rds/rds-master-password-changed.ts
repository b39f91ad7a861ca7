import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { evidenceAt, valueAt } from "../readers/evidence";
import { databasesOf } from "../readers/databases";

const places = [
  "requestParameters.masterUserPassword",
  "responseElements.pendingModifiedValues.masterUserPassword",
];

export const rdsMasterPasswordChanged: Detection = {
  id: "rds-master-password-changed",
  title: "RDS master password changed",
  severity: "medium",
  attack: { technique: "T1098" },
  tier: "extended",
  noise: "changes",
  events: ["rds:ModifyDBCluster", "rds:ModifyDBInstance"],
  remediation: "alert",
  match(record) {
    if (places.every((path) => (valueAt(record, path) ?? "") === "")) return uninspected(record);
    return { evidence: evidenceAt(record, ...places), resources: databasesOf(record) };
  },
  runbook: [
    "Ask the database's administrator whether they changed the password; CloudTrail hides the value, so only they can say.",
    "If not, set a new one yourself, or let Secrets Manager manage it (manageMasterUserPassword).",
    "Check the database's log for logins of the master user since then, and for users and grants it created.",
  ],
  falsePositives: ["Scheduled rotation, and recovery of a forgotten password."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html",
  ],
};
