import { type CallAws, callsTo } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { numberOf, textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf, textOf } from "../../json";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, needsBaseline, requested } from "../support/outcomes";
import { databaseGone, modifiedDatabaseOf } from "../support/databases";

/**
 * Restores the retention period of the instance's automated backups: the current one while the change is pending, otherwise
 * the baseline's. Backups that RDS deleted because of the change are not restored. RDS restarts an instance when backups are
 * enabled again; it does so at once, unless other modifications are pending, which that would bring forward.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.Enabling.html
 */
export const fixRdsBackupsDisabled: Remediation = {
  id: "rds-backups-disabled",
  reads: ["rds:DescribeDBInstances"],
  writes: ["rds:ModifyDBInstance"],
  baselines: ["databaseInstance"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["dBInstanceIdentifier"]);
    if ("outcome" in asked) return asked;
    const given = asked.values.dBInstanceIdentifier;
    const renamed = textParameterOf(finding.record, "newDBInstanceIdentifier");
    const found = await modifiedDatabaseOf("DBInstance", given, renamed, finding.region, aws);
    if (found === undefined) return alreadyOk(`the database ${given} is gone`);
    const { identifier, live } = found;
    const { BackupRetentionPeriod: pending, ...others } = fieldsOf(live.PendingModifiedValues);
    const days = numberOf(live.BackupRetentionPeriod) ?? 0;
    if (days > 0 && numberOf(pending) !== 0)
      return alreadyOk(`the database ${identifier} keeps its backups for ${days} days`);
    const kept = await baselineFor(
      context,
      baselineKinds.databaseInstance,
      finding.region,
      textOf(live.DBInstanceArn) ?? "",
    );
    const [was] = listOf(kept?.DescribeDBInstances?.DBInstances);
    const before = days > 0 ? days : numberOf(fieldsOf(was).BackupRetentionPeriod);
    if (before === undefined)
      return needsBaseline(`no baseline shows how long the database ${identifier} kept its backups`);
    if (before === 0) return alreadyOk(`the database ${identifier} had no backups before`);
    const modify = (BackupRetentionPeriod: number) =>
      callsTo("rds", finding.region)("ModifyDBInstance", {
        DBInstanceIdentifier: identifier,
        BackupRetentionPeriod,
        ApplyImmediately: Object.values(others).every((value) => value === undefined || value === null),
      });
    return {
      summary: `Keep the backups of the database ${identifier} for ${before} days again`,
      calls: [{ ...modify(before), doneWhen: databaseGone }],
      rollback: [modify(0)],
    };
  },
};
