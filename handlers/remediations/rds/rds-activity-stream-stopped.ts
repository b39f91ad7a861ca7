import { type CallAws, callsTo } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf, textOf } from "../../json";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, needsBaseline, requested } from "../support/outcomes";
import { databaseOf } from "../support/databases";

/**
 * Starts a cluster's activity stream again, with the key and the mode from its baseline: the record has only the key. It is a
 * new stream with another Kinesis stream behind it; activity in the meantime is in neither.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StartActivityStream.html
 */
export const fixRdsActivityStreamStopped: Remediation = {
  id: "rds-activity-stream-stopped",
  reads: ["rds:DescribeDBInstances", "rds:DescribeDBClusters"],
  writes: ["rds:StartActivityStream"],
  baselines: ["databaseCluster"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["resourceArn"]);
    if ("outcome" in asked) return asked;
    const ResourceArn = asked.values.resourceArn;
    // arn:aws:rds:eu-west-1:111122223333:cluster:orders; RDS for Oracle and SQL Server have streams of instances (`db`).
    const kind = ResourceArn.split(":")[5] === "db" ? "DBInstance" : "DBCluster";
    const live = await databaseOf(kind, ResourceArn, finding.region, aws);
    if (live === undefined) return alreadyOk(`the database ${ResourceArn} is gone`);
    if (["started", "starting"].includes(plainTextOf(live.ActivityStreamStatus)))
      return alreadyOk(`the activity stream of ${ResourceArn} is on`);
    const baseline = await baselineFor(context, baselineKinds.databaseCluster, finding.region, ResourceArn);
    const before = fieldsOf(listOf(baseline?.DescribeDBClusters?.DBClusters)[0]);
    const KmsKeyId = textOf(before.ActivityStreamKmsKeyId);
    const Mode = textOf(before.ActivityStreamMode);
    if (kind === "DBInstance" || KmsKeyId === undefined || Mode === undefined)
      return needsBaseline(
        `the record does not contain the mode of the activity stream that ${ResourceArn} had`,
      );
    const call = callsTo("rds", finding.region);
    return {
      summary: `Start the activity stream of ${ResourceArn} (${Mode})`,
      calls: [call("StartActivityStream", { ResourceArn, Mode, KmsKeyId, ApplyImmediately: true })],
      rollback: [call("StopActivityStream", { ResourceArn, ApplyImmediately: true })],
    };
  },
};
