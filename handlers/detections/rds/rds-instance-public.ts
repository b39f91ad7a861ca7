import { uninspected } from "../readers/uninspected";
import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, valueAt } from "../readers/evidence";
import { isFalse, isTrue } from "../../cloudtrail/parameters";
import { databasesOf } from "../readers/databases";

export const rdsInstancePublic: Detection = {
  id: "rds-instance-public",
  title: "RDS instance publicly accessible",
  severity: "high",
  attack: { technique: "T1133" },
  tier: "core",
  noise: "rare",
  events: [
    "rds:CreateDBCluster",
    "rds:CreateDBInstance",
    "rds:ModifyDBCluster",
    "rds:ModifyDBInstance",
    "rds:RestoreDBInstanceFromDBSnapshot",
    "rds:RestoreDBInstanceToPointInTime",
  ],
  remediation: "inverse",
  match(record) {
    const asked = valueAt(record, "requestParameters.publiclyAccessible");
    // A new database is public by default if its network is. The response to a change of an existing one
    // shows the previous value, unless that is what changed.
    const became =
      !nameOf(record).startsWith("Modify") &&
      !isFalse(asked) &&
      isTrue(valueAt(record, "responseElements.publiclyAccessible"));
    if (!isTrue(asked) && !became) return uninspected(record);
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.publiclyAccessible",
        "responseElements.publiclyAccessible",
        "responseElements.endpoint.address",
      ),
      resources: databasesOf(record),
    };
  },
  runbook: [
    "Make the database private again; clients inside the VPC keep using the same host name.",
    "Find out whether one of its security groups lets the internet in on its port: only both together open it.",
    "If it was reachable, check its connection log for unknown addresses and change the passwords.",
  ],
  falsePositives: ["Training and test databases with fake data."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html",
  ],
};
