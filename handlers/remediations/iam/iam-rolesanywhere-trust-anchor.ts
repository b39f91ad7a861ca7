import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, textOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, refused } from "../support/outcomes";

/** What the two events create, by event name: its name in operations, and the members that contain it and its ID. */
const kinds: Record<string, { operation: string; member: string; id: string; what: string }> = {
  CreateTrustAnchor: {
    operation: "TrustAnchor",
    member: "trustAnchor",
    id: "trustAnchorId",
    what: "trust anchor",
  },
  CreateProfile: { operation: "Profile", member: "profile", id: "profileId", what: "profile" },
};

/**
 * Disables the trust anchor or profile that the event created, and keeps it. Existing sessions last until they expire.
 *
 * Source: https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_DisableTrustAnchor.html
 */
export const fixIamRolesanywhereTrustAnchor: Remediation = {
  id: "iam-rolesanywhere-trust-anchor",
  reads: ["rolesanywhere:GetTrustAnchor", "rolesanywhere:GetProfile"],
  writes: ["rolesanywhere:DisableTrustAnchor", "rolesanywhere:DisableProfile"],
  async plan(finding: Finding, aws: CallAws) {
    const { record, region } = finding;
    const name = nameOf(record);
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) return refused(`${name} creates neither a trust anchor nor a profile`);
    const { operation, member, id, what } = kind;
    const made = textOf(fieldsOf(fieldsOf(record.responseElements)[member])[id]);
    if (made === undefined) return refused(`the record does not say which ${what} was created`);
    const call = callsTo("rolesanywhere", region);
    const input = { [id]: made };
    const answer = await unlessGone(aws(call(`Get${operation}`, input)), ["ResourceNotFoundException"]);
    if (answer === undefined) return alreadyOk(`the ${what} ${made} is gone`);
    if (fieldsOf(answer[member]).enabled !== true) return alreadyOk(`the ${what} ${made} is disabled`);
    return {
      summary: `Disable the IAM Roles Anywhere ${what} ${made}`,
      calls: [call(`Disable${operation}`, input)],
      rollback: [call(`Enable${operation}`, input)],
    };
  },
};
