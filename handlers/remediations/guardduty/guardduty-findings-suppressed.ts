import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf, textOf, picked } from "../../json";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import { fieldOf, isFalse, isTrue, parameterOf, textParameterOf, textsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { NoPlan, Plan, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, refused, requested } from "../support/outcomes";
import { guardDutyUnknown } from "../support/guardduty-unknown";

/** Maximum number of findings that AWS unarchives, and returns, in one call. */
const maxFindings = 50;

/** How far apart the times of a new filter may be, in ms. */
const tolerance = 60_000;

/** A list of addresses: its name in operations, and the name of its ID in the record and in the call. */
interface List {
  operation: string;
  recorded: string;
  member: string;
  what: string;
}

const lists: Record<string, List> = {
  IPSet: { operation: "IPSet", recorded: "ipSetId", member: "IpSetId", what: "trusted IP list" },
  ThreatIntelSet: {
    operation: "ThreatIntelSet",
    recorded: "threatIntelSetId",
    member: "ThreatIntelSetId",
    what: "threat list",
  },
};

/**
 * Deactivates the list that the event activated, or activates the threat list that it deactivated; deletes the filter that
 * it created, or stops one that it changed from archiving; unarchives the findings that it archived. Findings that a list or
 * filter suppressed in the meantime stay archived, or were never made.
 *
 * Source: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateIPSet.html
 */
export const fixGuarddutyFindingsSuppressed: Remediation = {
  id: "guardduty-findings-suppressed",
  reads: [
    "guardduty:GetIPSet",
    "guardduty:GetThreatIntelSet",
    "guardduty:GetFilter",
    "guardduty:GetFindings",
  ],
  writes: [
    "guardduty:UpdateIPSet",
    "guardduty:UpdateThreatIntelSet",
    "guardduty:DeleteFilter",
    "guardduty:UpdateFilter",
    "guardduty:UnarchiveFindings",
    // To activate a list: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-lists-prerequisites.html
    "iam:DeleteRolePolicy guardduty.amazonaws.com",
    "iam:PutRolePolicy guardduty.amazonaws.com",
  ],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["detectorId"]);
    if ("outcome" in asked) return asked;
    const DetectorId = asked.values.detectorId;
    const name = nameOf(finding.record);
    const list = lists[name.replace(/^(?:Create|Update)/, "")];
    if (list !== undefined) return planList(finding, aws, DetectorId, list);
    if (name.endsWith("Filter")) return planFilter(finding, aws, DetectorId);
    if (name === "ArchiveFindings") return planArchived(finding, aws, DetectorId);
    return refused(`${name} suppresses no findings`);
  },
};

async function planList(
  finding: Finding,
  aws: CallAws,
  DetectorId: string,
  list: List,
): Promise<Plan | NoPlan> {
  const { record, region } = finding;
  const { operation, recorded, member, what } = list;
  const id = textParameterOf(record, recorded) ?? textOf(fieldOf(record.responseElements, recorded));
  if (id === undefined) return refused(`the record does not say which ${what} it is`);
  const wasActivated = activatedBy(record);
  // Trusting fewer addresses hides nothing, whatever else the event changed.
  if (wasActivated === undefined || (!wasActivated && operation === "IPSet"))
    return needsBaseline(`no baseline shows which addresses the ${what} ${id} held before`);
  const call = callsTo("guardduty", region);
  const input = { DetectorId, [member]: id };
  const live = await unlessGone(aws(call(`Get${operation}`, input)), guardDutyUnknown);
  if (live === undefined) return alreadyOk(`the ${what} ${id} is gone`);
  const isActive = live.Status === "ACTIVE" || live.Status === "ACTIVATING";
  if (isActive !== wasActivated)
    return alreadyOk(`the ${what} ${id} is ${plainTextOf(live.Status).toLowerCase()}`);
  return {
    summary: `${wasActivated ? "Deactivate" : "Activate"} the ${what} ${id} of the GuardDuty detector ${DetectorId}`,
    calls: [call(`Update${operation}`, { ...input, Activate: !wasActivated })],
    rollback: [call(`Update${operation}`, { ...input, Activate: wasActivated })],
  };
}

/** Whether the event activated or deactivated the list; undefined if neither. */
function activatedBy(record: CloudTrailRecord): boolean | undefined {
  const activate = parameterOf(record, "activate");
  if (isTrue(activate)) return true;
  if (isFalse(activate)) return false;
  return nameOf(record).startsWith("Create") ? true : undefined;
}

async function planFilter(finding: Finding, aws: CallAws, DetectorId: string): Promise<Plan | NoPlan> {
  const { record, region } = finding;
  const made = nameOf(record) === "CreateFilter";
  const FilterName = textParameterOf(record, made ? "name" : "filterName");
  if (FilterName === undefined) return refused("the record does not say which filter it is");
  const call = callsTo("guardduty", region);
  const input = { DetectorId, FilterName };
  const live = await unlessGone(aws(call("GetFilter", input)), guardDutyUnknown);
  if (live === undefined) return alreadyOk(`the filter ${FilterName} is gone`);
  if (live.Action !== "ARCHIVE") return alreadyOk(`the filter ${FilterName} archives nothing`);
  if (!made)
    return {
      summary: `Stop the GuardDuty filter ${FilterName} from archiving`,
      calls: [call("UpdateFilter", { ...input, Action: "NOOP" })],
      rollback: [call("UpdateFilter", { ...input, Action: "ARCHIVE" })],
    };
  // With other criteria or another name, it is somebody else's by now.
  if (timeOf(live.UpdatedAt) > timeOf(live.CreatedAt) + tolerance)
    return changedSince(`the filter ${FilterName} was updated`);
  return {
    summary: `Delete the GuardDuty filter ${FilterName}`,
    calls: [call("DeleteFilter", input, { doneWhen: guardDutyUnknown })],
    rollback: [
      call("CreateFilter", {
        DetectorId,
        ...picked(live, ["Name", "Description", "Action", "Rank", "FindingCriteria"]),
        ...(Object.keys(fieldsOf(live.Tags)).length > 0 ? { Tags: live.Tags } : {}),
      }),
    ],
  };
}

/** Epoch ms of a time, which the SDK returns as a Date; NaN if there is none. */
function timeOf(value: unknown): number {
  return value === undefined ? Number.NaN : new Date(value as Date | string).getTime();
}

async function planArchived(finding: Finding, aws: CallAws, DetectorId: string): Promise<Plan | NoPlan> {
  const ids = textsOf(parameterOf(finding.record, "findingIds"));
  if (ids.length === 0) return refused("the record does not say which findings were archived");
  if (ids.length > maxFindings)
    return refused(`${ids.length} findings were archived, more than ${maxFindings} in one call`);
  const call = callsTo("guardduty", finding.region);
  const answer = await unlessGone(
    aws(call("GetFindings", { DetectorId, FindingIds: ids })),
    guardDutyUnknown,
  );
  const archived = listOf(answer?.Findings)
    .map(fieldsOf)
    .filter((one) => fieldsOf(one.Service).Archived === true)
    .map((one) => textOf(one.Id))
    .filter((id) => id !== undefined);
  if (archived.length === 0) return alreadyOk("none of the findings is archived");
  const input = { DetectorId, FindingIds: archived };
  return {
    summary: `Unarchive ${archived.length} GuardDuty findings`,
    calls: [call("UnarchiveFindings", input)],
    rollback: [call("ArchiveFindings", input)],
  };
}
