import { type CallAws, callsTo } from "../../aws/call";
import { fieldsOf, textOf } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, refused } from "../support/outcomes";
import { databaseGone, modifiedDatabaseOf } from "../support/databases";

/**
 * Removes the public address of the database instance. RDS does that at once; pending modifications, which
 * `ApplyImmediately` would bring forward, are left to their maintenance window. An instance that is being created accepts no
 * changes yet, so the call fails with an error that says so. Clusters have no such call.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
 */
export const fixRdsInstancePublic: Remediation = {
  id: "rds-instance-public",
  reads: ["rds:DescribeDBInstances"],
  writes: ["rds:ModifyDBInstance"],
  async plan(finding: Finding, aws: CallAws) {
    const { record, region } = finding;
    const request = fieldsOf(record.requestParameters);
    // The response first: a restored instance has a different name than its source, which the request may also name.
    const given =
      textOf(fieldsOf(record.responseElements).dBInstanceIdentifier) ??
      textOf(request.targetDBInstanceIdentifier) ??
      textOf(request.dBInstanceIdentifier);
    if (given === undefined)
      return refused("only instances can be made private: RDS has no such call for a cluster");
    const renamed = textOf(request.newDBInstanceIdentifier);
    const found = await modifiedDatabaseOf("DBInstance", given, renamed, region, aws);
    if (found === undefined) return alreadyOk(`the database ${given} is gone`);
    const { identifier: DBInstanceIdentifier, live } = found;
    if (live.PubliclyAccessible !== true)
      return alreadyOk(`the database ${DBInstanceIdentifier} is not publicly accessible`);
    const modify = (PubliclyAccessible: boolean) =>
      callsTo("rds", region)("ModifyDBInstance", { DBInstanceIdentifier, PubliclyAccessible });
    return {
      summary: `Remove the public address of the database ${DBInstanceIdentifier}`,
      calls: [{ ...modify(false), doneWhen: databaseGone }],
      rollback: [modify(true)],
    };
  },
};
