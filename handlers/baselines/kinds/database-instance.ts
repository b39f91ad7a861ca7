import type { BaselineKind } from "../baseline";
import { listedWhole } from "../listing";
import { answered } from "../setting";

/** Id: the instance's ARN. */
export const databaseInstance: BaselineKind = {
  type: "AWS::RDS::DBInstance",
  service: "rds",
  actions: ["rds:DescribeDBInstances"],
  read: { DescribeDBInstances: (DBInstanceIdentifier) => ({ DBInstanceIdentifier }) },
  absent: ["DBInstanceNotFoundFault"],
  keep: { DescribeDBInstances: { DBInstances: ["DBInstanceArn", "BackupRetentionPeriod"] } },
  list: listedWhole("rds", "DescribeDBInstances", ["DBInstances", "DBInstanceArn"], {
    token: ["Marker", "Marker"],
  }),
  setBy: {
    "rds:CreateDBInstance": answered("dBInstanceArn"),
    "rds:ModifyDBInstance": answered("dBInstanceArn"),
  },
};
