import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf, plainTextOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, requested } from "../support/outcomes";

/**
 * Starts the database again, once it has stopped.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StartDBInstance.html
 */
export const fixRdsDatabaseStopped: Remediation = {
  id: "rds-database-stopped",
  reads: ["rds:DescribeDBClusters", "rds:DescribeDBInstances"],
  writes: ["rds:StartDBCluster", "rds:StartDBInstance"],
  async plan(finding: Finding, aws: CallAws) {
    const kind = nameOf(finding.record) === "StopDBCluster" ? "Cluster" : "Instance";
    const asked = requested(finding, [`dB${kind}Identifier`]);
    if ("outcome" in asked) return asked;
    const name = asked.values[`dB${kind}Identifier`];
    const database = { [`DB${kind}Identifier`]: name };
    const call = callsTo("rds", finding.region);
    const gone = ["DBInstanceNotFoundFault", "DBInstanceNotFound", "DBClusterNotFoundFault"];
    const answer = await unlessGone(aws(call(`DescribeDB${kind}s`, database)), gone);
    const [live] = listOf(answer?.[`DB${kind}s`]).map(fieldsOf);
    if (live === undefined) return alreadyOk(`the database ${name} is gone`);
    const status = plainTextOf(kind === "Cluster" ? live.Status : live.DBInstanceStatus);
    if (!/^stop/.test(status)) return alreadyOk(`the database ${name} is ${status}`);
    return {
      summary: `Start the database ${name}`,
      calls: [{ ...call(`StartDB${kind}`, database), doneWhen: gone }],
      rollback: [call(`StopDB${kind}`, database)],
    };
  },
};
