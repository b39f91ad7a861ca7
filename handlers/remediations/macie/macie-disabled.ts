import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, plainTextOf, textOf, picked } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import { fieldOf, textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { NoPlan, Plan, Remediation } from "../remediation";
import { alreadyOk, changedSince, refused } from "../support/outcomes";

/**
 * Enables or resumes Macie, deletes the filter that the event created, or stops one that it changed from archiving. Macie's
 * findings and settings from before it was disabled are not restored.
 *
 * Source: https://docs.aws.amazon.com/macie/latest/APIReference/macie.html
 */
export const fixMacieDisabled: Remediation = {
  id: "macie-disabled",
  reads: ["macie2:GetMacieSession", "macie2:GetFindingsFilter"],
  writes: [
    "macie2:EnableMacie",
    "macie2:UpdateMacieSession",
    "macie2:DeleteFindingsFilter",
    "macie2:UpdateFindingsFilter",
  ],
  async plan(finding: Finding, aws: CallAws) {
    const name = nameOf(finding.record);
    if (name.endsWith("FindingsFilter")) return planFilter(finding, aws);
    if (name !== "DisableMacie" && name !== "UpdateMacieSession")
      return refused(`${name} disables neither Macie nor a finding`);
    const call = callsTo("macie2", finding.region);
    const live = await sessionOf(finding, aws);
    if (live?.status === "ENABLED") return alreadyOk(`Macie is enabled in ${finding.region}`);
    if (name === "DisableMacie") {
      if (live !== undefined)
        return changedSince(`Macie was enabled again in ${finding.region} and is paused`);
      return {
        summary: `Enable Macie in ${finding.region}`,
        calls: [call("EnableMacie", { status: "ENABLED" }, { doneWhen: ["ConflictException"] })],
        rollback: [call("DisableMacie", {})],
      };
    }
    if (live === undefined) return changedSince(`Macie is disabled in ${finding.region}`);
    return {
      summary: `Resume Macie in ${finding.region}`,
      calls: [call("UpdateMacieSession", { status: "ENABLED" })],
      rollback: [call("UpdateMacieSession", { status: "PAUSED" })],
    };
  },
};

/**
 * Macie's session; undefined if Macie is off, which it usually reports with the error code for a missing permission:
 * "Macie is not enabled".
 */
async function sessionOf(finding: Finding, aws: CallAws): Promise<Record<string, unknown> | undefined> {
  try {
    return await aws(callsTo("macie2", finding.region)("GetMacieSession", {}));
  } catch (error) {
    const { name, message } = error as { name?: unknown; message?: unknown };
    if (name === "ResourceNotFoundException") return undefined;
    if (name === "AccessDeniedException" && /not enabled/i.test(plainTextOf(message))) return undefined;
    throw error;
  }
}

async function planFilter(finding: Finding, aws: CallAws): Promise<Plan | NoPlan> {
  const { record, region } = finding;
  const made = nameOf(record) === "CreateFindingsFilter";
  const id = made ? textOf(fieldOf(record.responseElements, "id")) : textParameterOf(record, "id");
  if (id === undefined) return refused("the record does not say which filter it is");
  const call = callsTo("macie2", region);
  const live = await unlessGone(aws(call("GetFindingsFilter", { id })), ["ResourceNotFoundException"]);
  if (live === undefined) return alreadyOk(`the filter ${id} is gone`);
  if (live.action !== "ARCHIVE") return alreadyOk(`the filter ${id} archives nothing`);
  if (!made)
    return {
      summary: `Stop the Macie filter ${plainTextOf(live.name)} from archiving`,
      calls: [call("UpdateFindingsFilter", { id, action: "NOOP" })],
      rollback: [call("UpdateFindingsFilter", { id, action: "ARCHIVE" })],
    };
  if (live.name !== textParameterOf(record, "name")) return changedSince(`the filter ${id} was renamed`);
  return {
    summary: `Delete the Macie filter ${plainTextOf(live.name)}`,
    calls: [call("DeleteFindingsFilter", { id }, { doneWhen: ["ResourceNotFoundException"] })],
    rollback: [
      call("CreateFindingsFilter", {
        ...picked(live, ["name", "description", "action", "position", "findingCriteria"]),
        ...(Object.keys(fieldsOf(live.tags)).length > 0 ? { tags: live.tags } : {}),
      }),
    ],
  };
}
