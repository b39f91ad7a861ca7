import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import { fieldsOf, listOf, textOf, sameJson } from "../../json";
import { eventTimeOf } from "../../cloudtrail/event-time";
import { documentOf } from "../../detections/readers/policy";
import { accountIn } from "../../detections/readers/principal";
import type { Finding } from "../../detections/finding";
import type { NoPlan, Plan, Remediation } from "../remediation";
import { alreadyOk, changedSince, iamGone, refused } from "./outcomes";
import { deactivationReads, deactivationWrites, planDeactivation } from "./deactivate-key";

/** Name of the inline policy that denies everything to the sessions of a role or user. */
export const quarantinePolicy = "cloudtrailer-quarantine";

/** IAM actions that {@link planQuarantine} needs to read. */
export const quarantineReads = [...deactivationReads, "iam:GetRolePolicy", "iam:GetUserPolicy"];

/** IAM actions that the calls of {@link planQuarantine} need. */
export const quarantineWrites = [...deactivationWrites, "iam:PutRolePolicy", "iam:PutUserPolicy"];

/**
 * Contains the principal that made the call; the call itself cannot be reverted and is left as it is. Reversible, and the
 * principal itself stays.
 *
 * @param now epoch ms; sessions issued earlier are denied
 */
export function quarantinePrincipal(id: string, now: () => number = () => Date.now()): Remediation {
  return {
    id,
    reads: quarantineReads,
    writes: quarantineWrites,
    containsActor: true,
    plan: (finding, aws) => planQuarantine(finding, aws, now()),
  };
}

/**
 * - An IAM user's access key is deactivated: the one that made the call; the user's other keys and password stay.
 * - Sessions of a role, and temporary keys of a user, are denied everything if they were issued before `now`, like the
 *   console's "revoke active sessions": whatever assumes the role again keeps working.
 * - Root, the roles of AWS services and IAM Identity Center, and principals of other accounts are left alone: containing
 *   them is impossible, or not up to this account.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
export async function planQuarantine(finding: Finding, aws: CallAws, now: number): Promise<Plan | NoPlan> {
  const { actor, account } = finding;
  // This account may have a role or user of the same name, which has nothing to do with the call.
  const owners = [actor.account, accountIn(actor.arn), accountIn(actor.role?.arn)];
  const stranger = owners.find((owner) => owner !== undefined && owner !== account);
  if (stranger !== undefined)
    return refused(`the principal belongs to account ${stranger} and cannot be contained from here`);
  if (actor.type === "Root") return refused("root cannot be denied anything in its own account");
  if (actor.role !== undefined) return denySessions(finding, aws, now, "Role", actor.role);
  const user = userOf(finding);
  if (user === undefined) return refused(`the record does not say which user or role ${actor.name} is`);
  const key = actor.accessKeyId;
  if (key?.startsWith("AKIA") && actor.type === "IAMUser") return planDeactivation(finding, user, key, aws);
  return denySessions(finding, aws, now, "User", { name: user });
}

/** The user who called, or whose keys started the session (GetSessionToken, GetFederationToken). */
function userOf({ actor, record }: Finding): string | undefined {
  const identity = fieldsOf(record.userIdentity);
  if (actor.type === "IAMUser") return textOf(identity.userName) ?? nameIn(actor.arn);
  const issuer = fieldsOf(fieldsOf(identity.sessionContext).sessionIssuer);
  return issuer.type === "IAMUser" ? (textOf(issuer.userName) ?? nameIn(textOf(issuer.arn))) : undefined;
}

function nameIn(arn: string | undefined): string | undefined {
  return arn?.includes(":user/") ? arn.slice(arn.lastIndexOf("/") + 1) : undefined;
}

/** Denies everything to sessions issued before `now`, by an inline policy of the role or user they belong to. */
export async function denySessions(
  finding: Finding,
  aws: CallAws,
  now: number,
  subject: "Role" | "User",
  { name, arn }: { name: string; arn?: string },
): Promise<Plan | NoPlan> {
  if (subject === "Role" && isHeldByAws(name, arn))
    return refused(`the role ${name} is managed by AWS and accepts no policy`);
  const call = callsTo("iam", iamRegionOf(finding.region));
  const input = { [`${subject}Name`]: name, PolicyName: quarantinePolicy };
  const live = await unlessGone(aws(call(`Get${subject}Policy`, input)), iamGone);
  const document = textOf(live?.PolicyDocument);
  const what = `the sessions of the ${subject.toLowerCase()} ${name}`;
  if (document !== undefined) {
    const until = deniedUntil(document);
    if (until === undefined)
      return changedSince(`the inline policy ${quarantinePolicy} of ${name} has changed since`);
    if (until > eventTimeOf(finding.record))
      return alreadyOk(`${what} from before ${new Date(until).toISOString()} are denied everything`);
  }
  return {
    summary: `Deny everything to ${what} that were issued before now`,
    calls: [call(`Put${subject}Policy`, { ...input, PolicyDocument: denial(now) })],
    rollback: [
      document === undefined
        ? call(`Delete${subject}Policy`, input)
        : call(`Put${subject}Policy`, { ...input, PolicyDocument: JSON.stringify(documentOf(document)) }),
    ],
  };
}

/** Service-linked roles cannot be changed, and Identity Center overwrites its roles. */
function isHeldByAws(name: string, arn: string | undefined): boolean {
  return (
    /^AWS(?:ServiceRoleFor|ReservedSSO_)/.test(name) ||
    /:role\/aws-(?:service-role|reserved)\//.test(arn ?? "")
  );
}

function denial(now: number): string {
  const Condition = { DateLessThan: { "aws:TokenIssueTime": new Date(now).toISOString() } };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action: "*", Resource: "*", Condition }],
  });
}

/**
 * The time before which a policy of {@link denial} denies sessions, epoch ms; undefined for any other policy. All of it must
 * match: one that denies less under the same name would keep its owner from being contained.
 */
function deniedUntil(document: string): number | undefined {
  const found = documentOf(document);
  const time = fieldsOf(fieldsOf(fieldsOf(listOf(found.Statement)[0]).Condition).DateLessThan);
  const until = Date.parse(textOf(time["aws:TokenIssueTime"]) ?? "");
  return !Number.isNaN(until) && sameJson(found, documentOf(denial(until))) ? until : undefined;
}
