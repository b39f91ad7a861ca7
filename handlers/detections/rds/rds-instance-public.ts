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
    // A new database is public by default where its network is. The response to a change of an existing one
    // says what it was before, unless the change itself was about that.
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
    "Make the database private again; clients inside the VPC keep their connection by the same name.",
    "See which security groups it has and whether they let the internet in on its port: only both together open it.",
    "If it was reachable, read its connection log for strange addresses and change the passwords.",
  ],
  falsePositives: ["Training and test databases with invented data."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html",
  ],
};
