import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import { fieldsOf, listOf, textOf } from "../../json";
import { textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, iamGone, refused } from "../support/outcomes";
import { deactivationReads, deactivationWrites } from "../support/deactivate-key";
import { planOfSteps } from "../support/steps";

/**
 * Deactivates the active access keys of the user whom AWS has quarantined: the record does not say which of them leaked, and
 * AWS's policy still allows a lot. Keys are kept, and the policy stays.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html
 */
export const fixIamCompromisedKeyQuarantine: Remediation = {
  id: "iam-compromised-key-quarantine",
  reads: deactivationReads,
  writes: deactivationWrites,
  async plan(finding: Finding, aws: CallAws) {
    const UserName = textParameterOf(finding.record, "userName");
    if (UserName === undefined) return refused("only a user has access keys, and the record names none");
    const call = callsTo("iam", iamRegionOf(finding.region));
    const answer = await unlessGone(aws(call("ListAccessKeys", { UserName })), iamGone);
    const active = listOf(answer?.AccessKeyMetadata)
      .map(fieldsOf)
      .filter((key) => key.Status === "Active")
      .map((key) => textOf(key.AccessKeyId))
      .filter((id) => id !== undefined);
    if (active.length === 0) return alreadyOk(`the user ${UserName} has no active access key`);
    const set = (AccessKeyId: string, Status: string) =>
      call("UpdateAccessKey", { UserName, AccessKeyId, Status }, { doneWhen: iamGone });
    return planOfSteps(
      `Deactivate the access keys ${active.join(", ")} of the user ${UserName}`,
      active.map((id) => ({ call: set(id, "Inactive"), rollback: [set(id, "Active")] })),
    );
  },
};
