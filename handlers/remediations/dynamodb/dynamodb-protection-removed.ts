import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { isFalse } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import { fieldsOf } from "../../json";
import type { NoPlan, Plan, Remediation } from "../remediation";
import { alreadyOk, requested } from "../support/outcomes";

const gone = ["ResourceNotFoundException", "TableNotFoundException"];

/**
 * Enables point-in-time recovery or deletion protection of the table again. Earlier restore points are gone: recovery starts
 * over.
 *
 * Sources: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html
 * and https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
 */
export const fixDynamodbProtectionRemoved: Remediation = {
  id: "dynamodb-protection-removed",
  reads: ["dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTable"],
  writes: ["dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["tableName"]);
    if ("outcome" in asked) return asked;
    const { tableName } = asked.values;
    return nameOf(finding.record) === "UpdateContinuousBackups"
      ? planRecovery(finding, tableName, aws)
      : planProtection(finding, tableName, aws);
  },
};

async function planRecovery({ region }: Finding, TableName: string, aws: CallAws): Promise<Plan | NoPlan> {
  const call = callsTo("dynamodb", region);
  const answer = await unlessGone(aws(call("DescribeContinuousBackups", { TableName })), gone);
  if (answer === undefined) return alreadyOk(`the table ${TableName} is gone`);
  const backups = fieldsOf(answer.ContinuousBackupsDescription);
  const live = fieldsOf(backups.PointInTimeRecoveryDescription);
  if (live.PointInTimeRecoveryStatus === "ENABLED")
    return alreadyOk(`point-in-time recovery of ${TableName} is on`);
  const set = (PointInTimeRecoveryEnabled: boolean) =>
    call("UpdateContinuousBackups", {
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
    });
  return {
    summary: `Enable point-in-time recovery of ${TableName}`,
    calls: [{ ...set(true), doneWhen: gone }],
    rollback: [set(false)],
  };
}

async function planProtection({ region }: Finding, TableName: string, aws: CallAws): Promise<Plan | NoPlan> {
  const call = callsTo("dynamodb", region);
  const answer = await unlessGone(aws(call("DescribeTable", { TableName })), gone);
  if (answer === undefined) return alreadyOk(`the table ${TableName} is gone`);
  if (!isFalse(fieldsOf(answer.Table).DeletionProtectionEnabled))
    return alreadyOk(`deletion protection of ${TableName} is on`);
  const set = (DeletionProtectionEnabled: boolean) =>
    call("UpdateTable", { TableName, DeletionProtectionEnabled });
  return {
    summary: `Enable deletion protection of ${TableName}`,
    calls: [{ ...set(true), doneWhen: gone }],
    rollback: [set(false)],
  };
}
