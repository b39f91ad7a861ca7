import { type CallAws, callsTo } from "../../aws/call";
import { textsOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf, plainTextOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, needsBaseline, refused } from "../support/outcomes";
import { planOfSteps } from "../support/steps";

/**
 * Enables Amazon Inspector again for the accounts and resource types that the event names.
 *
 * Source: https://docs.aws.amazon.com/inspector/v2/APIReference/API_Enable.html
 */
export const fixInspectorDisabled: Remediation = {
  id: "inspector-disabled",
  reads: ["inspector2:BatchGetAccountStatus"],
  writes: ["inspector2:Enable"],
  async plan({ record, region, account }: Finding, aws: CallAws) {
    if (nameOf(record) !== "Disable") return refused("a person must restore filters and members");
    const request = fieldsOf(record.requestParameters);
    const resourceTypes = textsOf(request.resourceTypes);
    if (resourceTypes.length === 0)
      return needsBaseline("the event names no resource types, and what was enabled before is unknown");
    const named = textsOf(request.accountIds);
    const accountIds = named.length > 0 ? named : [account];
    const call = callsTo("inspector2", region);
    const answer = await aws(call("BatchGetAccountStatus", { accountIds }));
    const off = listOf(answer.accounts)
      .map(fieldsOf)
      .map(({ accountId, resourceState }) => ({
        accountIds: [plainTextOf(accountId)],
        resourceTypes: resourceTypes.filter((type) => isOff(resourceState, type)),
      }))
      .filter((one) => one.resourceTypes.length > 0);
    if (off.length === 0) return alreadyOk("Amazon Inspector is on for what the event names");
    const what = off.map((one) => `${one.resourceTypes.join(", ")} in ${one.accountIds.join()}`);
    const failuresIn = "failedAccounts";
    return planOfSteps(
      `Switch on Amazon Inspector for ${what.join(", for ")}`,
      // One at a time: of several, Inspector may enable some and reject others.
      off.map((one) => ({
        call: call("Enable", one, { failuresIn }),
        rollback: [call("Disable", one, { failuresIn })],
      })),
    );
  },
};

/** Whether the resource type (`EC2`, `LAMBDA_CODE`) is not scanned. */
function isOff(state: unknown, type: string): boolean {
  const member = type.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return ["DISABLED", "DISABLING"].includes(plainTextOf(fieldsOf(fieldsOf(state)[member]).status));
}
