import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf, textOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, needsBaseline, refused, requested } from "../support/outcomes";
import { planOfSteps } from "../support/steps";
import { guardDutyUnknown } from "../support/guardduty-unknown";

/**
 * Starts monitoring the member accounts that the event stopped and that are still members. A member that was disassociated
 * or deleted, or that left, must be invited again by a person.
 *
 * Source: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_StartMonitoringMembers.html
 */
export const fixGuarddutyMemberRemoved: Remediation = {
  id: "guardduty-member-removed",
  reads: ["guardduty:GetMembers"],
  writes: ["guardduty:StartMonitoringMembers"],
  async plan(finding: Finding, aws: CallAws) {
    const name = nameOf(finding.record);
    if (name !== "StopMonitoringMembers")
      return needsBaseline(`what ${name} removed needs an invitation that is accepted`);
    const asked = requested(finding, ["detectorId"]);
    if ("outcome" in asked) return asked;
    const DetectorId = asked.values.detectorId;
    const accounts = textsOf(parameterOf(finding.record, "accountIds"));
    if (accounts.length === 0)
      return refused("the record does not say which accounts are no longer monitored");
    const call = callsTo("guardduty", finding.region);
    const answer = await unlessGone(
      aws(call("GetMembers", { DetectorId, AccountIds: accounts })),
      guardDutyUnknown,
    );
    const stopped = listOf(answer?.Members)
      .map(fieldsOf)
      .filter((member) => plainTextOf(member.RelationshipStatus).toLowerCase() === "disabled")
      .map((member) => textOf(member.AccountId))
      .filter((account) => account !== undefined);
    if (stopped.length === 0)
      return alreadyOk(`none of ${accounts.join(", ")} is a member that is not monitored`);
    const set = (operation: string, account: string) =>
      call(operation, { DetectorId, AccountIds: [account] }, { failuresIn: "UnprocessedAccounts" });
    return planOfSteps(
      `Monitor ${stopped.join(", ")} with GuardDuty again`,
      // One at a time: of several, GuardDuty may process only some.
      stopped.map((id) => ({
        call: set("StartMonitoringMembers", id),
        rollback: [set("StopMonitoringMembers", id)],
      })),
    );
  },
};
