import { type Call, type CallAws, unlessGone } from "../../aws/call";
import { fieldsOf, plainTextOf, textOf } from "../../json";
import { nameInArn, numberOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { NoPlan, Plan, PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, requested } from "../support/outcomes";

/**
 * Enables a disabled key. Cancels a scheduled deletion, which leaves the key disabled, and enables it if a baseline shows that
 * it was enabled: neither the record nor KMS says so, and a key that somebody had disabled for a good reason must not be
 * enabled.
 *
 * Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html
 */
export const fixKmsKeyDisabledOrDeletion: Remediation = {
  id: "kms-key-disabled-or-deletion",
  reads: ["kms:DescribeKey"],
  writes: ["kms:CancelKeyDeletion", "kms:EnableKey"],
  baselines: ["key"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["keyId"]);
    if ("outcome" in asked) return asked;
    const { keyId } = asked.values;
    const call = (operation: string, rest: Record<string, unknown> = {}) => ({
      service: "kms",
      operation,
      region: finding.region,
      input: { KeyId: keyId, ...rest },
    });
    const answer = await unlessGone(aws(call("DescribeKey")), ["NotFoundException"]);
    if (answer === undefined) return changedSince(`the key ${keyId} is gone`);
    const state = plainTextOf(fieldsOf(answer.KeyMetadata).KeyState);
    if (state === "Enabled") return alreadyOk(`the key ${keyId} is enabled`);
    return finding.record.eventName === "ScheduleKeyDeletion"
      ? planCancelling(finding, keyId, state, context)
      : planEnabling(finding, keyId, state);
  },
};

function callFor(finding: Finding, keyId: string) {
  return (operation: string, rest: Record<string, unknown> = {}): Call => ({
    service: "kms",
    operation,
    region: finding.region,
    input: { KeyId: keyId, ...rest },
  });
}

function planEnabling(finding: Finding, keyId: string, state: string): Plan | NoPlan {
  const call = callFor(finding, keyId);
  if (state === "Disabled")
    return {
      summary: `Enable the key ${keyId}`,
      calls: [call("EnableKey")],
      rollback: [call("DisableKey")],
    };
  if (state === "PendingDeletion")
    return changedSince(`the key ${keyId} was scheduled for deletion: enable it once that is canceled`);
  return unexpected(keyId, state);
}

async function planCancelling(
  finding: Finding,
  keyId: string,
  state: string,
  context: PlanContext | undefined,
): Promise<Plan | NoPlan> {
  const call = callFor(finding, keyId);
  const baseline = await baselineFor(context, baselineKinds.key, finding.region, nameInArn(keyId));
  const before = textOf(fieldsOf(baseline?.DescribeKey?.KeyMetadata).KeyState);
  if (state === "Disabled" && before === "Enabled")
    return {
      summary: `Enable the key ${keyId}, as it was before its deletion was scheduled`,
      calls: [call("EnableKey")],
      rollback: [call("DisableKey")],
    };
  if (state === "Disabled")
    return alreadyOk(
      `the deletion of the key ${keyId} is cancelled${before === undefined ? "; enable it if it was enabled before" : ""}`,
    );
  // The primary key of a multi-Region key waits for its replicas to be deleted first.
  if (state !== "PendingDeletion" && state !== "PendingReplicaDeletion") return unexpected(keyId, state);
  const cancel = { ...call("CancelKeyDeletion"), doneWhen: ["KMSInvalidStateException"] };
  const schedule = call("ScheduleKeyDeletion", pendingWindowOf(finding));
  if (before === "Enabled")
    return {
      summary: `Cancel the deletion of the key ${keyId}, and enable it as it was before`,
      calls: [cancel, call("EnableKey")],
      rollback: [
        { ...schedule, reverts: [0] },
        // A key that is scheduled for deletion is disabled.
        { ...call("DisableKey"), reverts: [1], unlessMade: [0] },
      ],
    };
  const advice = before === undefined ? "so enable it if it was enabled before" : "as it was before";
  return {
    summary: `Cancel the deletion of the key ${keyId}; that leaves it disabled, ${advice}`,
    calls: [cancel],
    rollback: [schedule],
  };
}

function unexpected(keyId: string, state: string): NoPlan {
  return changedSince(`the key ${keyId} is in the state ${state}, which this call cannot have caused`);
}

/** The waiting period that the call requested, in days; AWS's default (30) if it did not. */
function pendingWindowOf(finding: Finding): Record<string, number> {
  const days = numberOf(fieldsOf(finding.record.requestParameters).pendingWindowInDays);
  return days !== undefined && Number.isInteger(days) && days >= 7 && days <= 30
    ? { PendingWindowInDays: days }
    : {};
}
