import { fieldsOf, plainTextOf } from "../../cloudtrail/record";
import type { Finding } from "../../findings/finding";
import type { CallAws, Remediation } from "../remediation";
import { alreadyOk, changedSince, requested, unlessGone } from "../support";

/**
 * Enables a key that was disabled. Of a scheduled deletion, cancels that and no more: what is left is a disabled key, and
 * neither the record nor KMS says whether it was an enabled one before. A key that somebody had disabled for a good reason
 * must not come back to life.
 *
 * Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html
 */
export const undoKmsKeyDisabledOrDeletion: Remediation = {
  id: "kms-key-disabled-or-deletion",
  reads: ["kms:DescribeKey"],
  writes: ["kms:CancelKeyDeletion", "kms:EnableKey"],
  async plan(finding: Finding, aws: CallAws) {
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
    const scheduled = finding.record.eventName === "ScheduleKeyDeletion";
    if (state === "Enabled") return alreadyOk(`the key ${keyId} is enabled`);
    if (scheduled && state === "Disabled") return alreadyOk(`the deletion of the key ${keyId} is cancelled`);
    // The primary key of a multi-Region key waits for its replicas to be deleted first.
    if (scheduled && (state === "PendingDeletion" || state === "PendingReplicaDeletion"))
      return {
        summary: `Cancel the deletion of the key ${keyId}; that leaves it disabled, so enable it if it was enabled before`,
        calls: [{ ...call("CancelKeyDeletion"), doneWhen: ["KMSInvalidStateException"] }],
        undo: [call("ScheduleKeyDeletion", pendingWindowOf(finding))],
      };
    if (!scheduled && state === "Disabled")
      return { summary: `Enable the key ${keyId}`, calls: [call("EnableKey")], undo: [call("DisableKey")] };
    return changedSince(`the key ${keyId} is in the state ${state}, which this call does not leave behind`);
  },
};

/** The waiting period that the call asked for, days; AWS's own (30) when it asked for none. */
function pendingWindowOf(finding: Finding): Record<string, number> {
  const days = Number(fieldsOf(finding.record.requestParameters).pendingWindowInDays);
  return Number.isInteger(days) && days >= 7 && days <= 30 ? { PendingWindowInDays: days } : {};
}
