import { type CallAws, callsTo } from "../../aws/call";
import { nameOf } from "../../cloudtrail/record";
import { textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, requested } from "../support/outcomes";
import { databaseGone, modifiedDatabaseOf } from "../support/databases";

/**
 * Protects the database instance or cluster from deletion again. RDS does that at once; pending modifications, which
 * `ApplyImmediately` would bring forward, are left to their maintenance window.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html#USER_DeleteInstance.DeletionProtection
 */
export const fixRdsDeletionProtectionDisabled: Remediation = {
  id: "rds-deletion-protection-disabled",
  reads: ["rds:DescribeDBInstances", "rds:DescribeDBClusters"],
  writes: ["rds:ModifyDBInstance", "rds:ModifyDBCluster"],
  async plan(finding: Finding, aws: CallAws) {
    const kind = nameOf(finding.record) === "ModifyDBCluster" ? "DBCluster" : "DBInstance";
    const parameter = `d${kind.slice(1)}Identifier`;
    const asked = requested(finding, [parameter]);
    if ("outcome" in asked) return asked;
    const given = asked.values[parameter] as string;
    const renamed = textParameterOf(finding.record, `new${kind}Identifier`);
    const found = await modifiedDatabaseOf(kind, given, renamed, finding.region, aws);
    if (found === undefined) return alreadyOk(`the database ${given} is gone`);
    const { identifier, live } = found;
    if (live.DeletionProtection === true)
      return alreadyOk(`the database ${identifier} is protected from deletion`);
    const modify = (DeletionProtection: boolean) =>
      callsTo("rds", finding.region)(`Modify${kind}`, {
        [`${kind}Identifier`]: identifier,
        DeletionProtection,
      });
    return {
      summary: `Protect the database ${identifier} from deletion`,
      calls: [{ ...modify(true), doneWhen: databaseGone }],
      rollback: [modify(false)],
    };
  },
};
