import type { DetectionContext } from "../../settings";
import { type Fields, fieldsOf, textOf } from "../../json";
import type { NamedEventHint } from "../hint";
import { actorOf } from "../../cloudtrail/actor";
import { isTrue } from "../../cloudtrail/parameters";
import { type CloudTrailRecord } from "../../cloudtrail/record";
import { isAddress, isInNetworks } from "./network";
import { matchesAny } from "../../pattern";

/**
 * The account in an ARN of any partition (`arn:aws:iam::111122223333:role/x`) or a bare account id; undefined if there
 * is none.
 */
export function accountIn(principal: unknown): string | undefined {
  if (typeof principal !== "string") return undefined;
  if (isAccount(principal)) return principal;
  if (!principal.startsWith("arn:")) return undefined;
  const account = principal.split(":", 5)[4] ?? "";
  return isAccount(account) ? account : undefined;
}

/** Whether `text` is an account id: 12 digits. */
export function isAccount(text: unknown): boolean {
  return typeof text === "string" && /^\d{12}$/.test(text);
}

/** Whether `text` is a canonical user id, S3's identifier of an account: 64 hexadecimal digits. */
export function isCanonicalUser(text: string): boolean {
  return /^[0-9a-f]{64}$/i.test(text);
}

/** Whether `text` is this account, or a trusted account or canonical user id. */
export function isOwnOrTrusted(text: string, context: DetectionContext): boolean {
  return text === context.account || context.trustedAccounts.includes(text);
}

/** Whether `account` is neither this one nor trusted. Anything but an account id is not foreign. */
export function isForeign(account: string | undefined, context: DetectionContext): account is string {
  return account !== undefined && isAccount(account) && !isOwnOrTrusted(account, context);
}

/**
 * Whether a snapshot or image is shared with somebody else: `all`, or any account (in any form) but this one and the trusted
 * ones.
 */
export function isOutsider(grantee: string, context: DetectionContext): boolean {
  const account = accountIn(grantee) ?? grantee;
  return account !== "" && !isOwnOrTrusted(account, context);
}

/** The caller's ARN and, for a session, the ARN of its role: what patterns are matched against. */
export function arnsOf(record: CloudTrailRecord): string[] {
  const identity = fieldsOf(record.userIdentity);
  const issuer = fieldsOf(fieldsOf(identity.sessionContext).sessionIssuer);
  return [textOf(identity.arn), textOf(issuer.arn)].filter((arn) => arn !== undefined);
}

/** Whether the caller is one of the configured automations (IaC roles, deploy pipelines). */
export function isAutomation(record: CloudTrailRecord, context: DetectionContext): boolean {
  if (context.automation.length === 0) return false;
  return arnsOf(record).some((arn) => matchesAny(context.automation, arn));
}

/** Whether the caller, or the address it calls from, is one of the configured scanners. */
export function isScanner(record: CloudTrailRecord, context: DetectionContext): boolean {
  if (context.scanners.length === 0) return false;
  return (
    arnsOf(record).some((arn) => matchesAny(context.scanners, arn)) ||
    isInNetworks(record.sourceIPAddress, context.scanners)
  );
}

/**
 * Whether an AWS service made the call: by itself (`AWSService`, `AwsServiceEvent`) or for somebody (`invokedBy`, or its own
 * host name in place of the address). The console, which calls with its user's credentials, counts as a person; its calls
 * may have `AWS Internal` as address and user agent.
 */
export function isAwsService(record: CloudTrailRecord): boolean {
  const { type, invokedBy } = fieldsOf(record.userIdentity);
  if (type === "AWSService" || record.eventType === "AwsServiceEvent" || isServiceHost(invokedBy))
    return true;
  if (isTrue(record.sessionCredentialFromConsole)) return false;
  return invokedBy === "AWS Internal" || isServiceHost(record.sourceIPAddress);
}

/**
 * Whether the call came through the named service, or one of several (`cloudformation.amazonaws.com`). CloudTrail sets both
 * fields itself; the user agent, which then has the same name, can be anything the caller claims.
 */
export function isInvokedBy(record: CloudTrailRecord, services: string[]): boolean {
  const identity = fieldsOf(record.userIdentity);
  return [identity.invokedBy, record.sourceIPAddress].some(
    (value) => typeof value === "string" && services.includes(value),
  );
}

/**
 * Whether a service-linked role whose name starts with this made the call (`AWSServiceRoleForSSO`): by its path, under which
 * only AWS creates roles, or by its name if the record has nothing else. The caller can choose the name of a session, and
 * the name of a user may be anything.
 */
export function isServiceLinkedRole(record: CloudTrailRecord, name: string): boolean {
  const identity = fieldsOf(record.userIdentity);
  const issuer = textOf(fieldsOf(fieldsOf(identity.sessionContext).sessionIssuer).arn);
  if (issuer !== undefined) {
    const [, path, , role] = issuer.split("/");
    return path === "aws-service-role" && role?.startsWith(name) === true;
  }
  const [, role] = /:assumed-role\/([^/]+)\//.exec(textOf(identity.arn) ?? "") ?? [];
  return role?.startsWith(name) === true;
}

/** `cloudformation.amazonaws.com`; not an address or a person's host. */
export function isServiceHost(value: unknown): boolean {
  return typeof value === "string" && /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(value);
}

/** Whether the root user made the call. */
export function isRoot(record: CloudTrailRecord): boolean {
  return fieldsOf(record.userIdentity).type === "Root";
}

/**
 * Whether `userName` is the caller's own: exactly the name of an IAM user (`jack` is not `jackson`), or of the user behind a
 * `GetSessionToken` session.
 */
export function isOwnUser(record: CloudTrailRecord, userName: string): boolean {
  const identity = fieldsOf(record.userIdentity);
  if (identity.type !== "IAMUser") return false;
  const own = textOf(identity.userName);
  if (own !== undefined && own !== "") return own === userName;
  const arn = textOf(identity.arn) ?? "";
  return arn.includes(":user/") && arn.slice(arn.lastIndexOf("/") + 1) === userName;
}

/** Whether somebody signed in through IAM Identity Center (`AWSReservedSSO_…`): a person, not a machine. */
export function isIdentityCenterSession(record: CloudTrailRecord): boolean {
  // Not the session's name, which anybody can choose.
  return arnsOf(record).some((arn) =>
    /:(?:assumed-role|role\/aws-reserved\/sso\.amazonaws\.com.*)\/AWSReservedSSO_/.test(arn),
  );
}

/**
 * The principal counted in a burst "by one principal": the caller's ARN or, failing that, its principal id, access key or
 * user name. Undefined for AWS services, and if nothing identifies the caller.
 */
export function principalKeyOf(record: CloudTrailRecord): string | undefined {
  const identity: Fields = record.userIdentity ?? {};
  if (identity.type === "AWSService") return undefined;
  for (const value of [identity.arn, identity.principalId, identity.accessKeyId, identity.userName])
    if (typeof value === "string" && value !== "") return value;
  return undefined;
}

/** A principal whose activity is compared over days. */
export interface Principal {
  /** The same for all sessions of a role, even if the record omits the role's ARN. */
  by: string;
  /** The name for people: `role deploy`, `user bob`, `root`. */
  name: string;
}

/** The role or user behind a session, or the user or root; an AWS service by its name. */
export function principalOf(record: CloudTrailRecord): Principal {
  const { type, arn, account = "", role } = actorOf(record);
  const identity = fieldsOf(record.userIdentity);
  const issuer = fieldsOf(fieldsOf(identity.sessionContext).sessionIssuer);
  const named = (kind: string, name: string) => ({
    by: `${account}/${kind}/${name}`,
    name: `${kind} ${name}`,
  });
  if (type === "Root") return { by: `${account}/root`, name: "root" };
  if (role !== undefined) return named("role", role.name);
  const user = textOf(issuer.userName) || textOf(identity.userName) || userIn(arn);
  if (user !== undefined) return named("user", user);
  if (type === "AWSService") return named("service", textOf(identity.invokedBy) ?? "unknown");
  // The ID of a role's session ends with its name; that of a web identity is the provider's ARN and its subject; somebody from
  // Identity Center has only that of their user.
  const id =
    textOf(fieldsOf(identity.onBehalfOf).userId) ||
    textOf(identity.principalId)?.replace(/^([A-Z0-9]{12,}):.*$/, "$1") ||
    arn ||
    textOf(identity.accessKeyId);
  return named("principal", id || `of unknown type ${type}`);
}

function userIn(arn: string | undefined): string | undefined {
  return /:user\/(?:.*\/)?([^/]+)$/.exec(arn ?? "")?.[1];
}

/** The caller's address, if it is one and not a service's name. */
export function addressOfCaller(record: CloudTrailRecord): string | undefined {
  return isAddress(record.sourceIPAddress) ? record.sourceIPAddress : undefined;
}

/** Names of read calls, for records that do not say. */
const reading = /^(?:BatchGet|Describe|Get|Head|List|Lookup|Search|View)/;

/** Whether it is a write call: by `readOnly`, or by its name if that is missing. */
export function isWrite(record: CloudTrailRecord): boolean {
  if (record.readOnly === undefined || record.readOnly === null)
    return !reading.test(textOf(record.eventName) ?? "");
  return record.readOnly === false || textOf(record.readOnly) === "false";
}

/**
 * The hint of detections on frequent events that match only calls by people and keys (see {@link isPerson}): most records of
 * such events are by software's roles.
 */
export const personsOnly: NamedEventHint = {
  field: "userIdentity",
  texts: ['"IAMUser"', '"Root"', "AWSReservedSSO_"],
};

/** Whether the call was made by an IAM user with a long-term key, the root user or somebody from Identity Center. */
export function isPerson(record: CloudTrailRecord): boolean {
  const { type } = fieldsOf(record.userIdentity);
  return type === "IAMUser" || type === "Root" || isIdentityCenterSession(record);
}
