import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, requested, globalRegion } from "../support/outcomes";

/**
 * Moves the account back to its previous unit.
 *
 * Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html
 */
export const fixOrganizationAccountMoved: Remediation = {
  id: "organization-account-moved",
  reads: ["organizations:ListParents"],
  writes: ["organizations:MoveAccount"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["accountId", "sourceParentId", "destinationParentId"]);
    if ("outcome" in asked) return asked;
    const { accountId: AccountId, sourceParentId, destinationParentId } = asked.values;
    const place = globalRegion("organizations", finding);
    if ("outcome" in place) return place;
    const call = callsTo("organizations", place.region);
    const answer = await unlessGone(aws(call("ListParents", { ChildId: AccountId })), [
      "ChildNotFoundException",
    ]);
    const [parent] = listOf(answer?.Parents).map(fieldsOf);
    if (parent === undefined) return alreadyOk(`the account ${AccountId} is not in the organization`);
    if (parent.Id === sourceParentId) return alreadyOk(`the account ${AccountId} is in ${sourceParentId}`);
    if (parent.Id !== destinationParentId)
      return changedSince(`the account ${AccountId} has been moved again since`);
    const move = (SourceParentId: string, DestinationParentId: string) =>
      call("MoveAccount", { AccountId, SourceParentId, DestinationParentId });
    return {
      summary: `Move the account ${AccountId} back to ${sourceParentId}`,
      calls: [move(destinationParentId, sourceParentId)],
      rollback: [move(sourceParentId, destinationParentId)],
    };
  },
};
