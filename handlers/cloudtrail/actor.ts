import { fieldsOf, textOf } from "../json";
import { type CloudTrailRecord } from "./record";

/** Who made a call, resolved from `userIdentity`. */
export interface Actor {
  /** CloudTrail's identity type: `IAMUser`, `AssumedRole`, `Root`, `AWSService`, …; `Unknown` when it is missing. */
  type: string;
  /** The name for people: `bob`, `deploy-role/session`, `root`, `cloudformation.amazonaws.com`. */
  name: string;
  /** The caller's ARN, as in the record. */
  arn?: string;
  account?: string;
  /** The role behind a session. */
  role?: { name: string; arn?: string };
  accessKeyId?: string;
  /** Whether the session was authenticated with MFA, if the record says so. */
  mfa?: boolean;
  /** The AWS service that called on the actor's behalf. */
  invokedBy?: string;
  sourceIPAddress?: string;
  userAgent?: string;
}

/**
 * Resolves the actor of a record. Never throws: missing fields stay missing.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function actorOf(record: CloudTrailRecord): Actor {
  const identity = fieldsOf(record.userIdentity);
  const session = fieldsOf(identity.sessionContext);
  const issuer = fieldsOf(session.sessionIssuer);
  const attributes = fieldsOf(session.attributes);
  const type = textOf(identity.type) ?? "Unknown";
  const arn = textOf(identity.arn);
  const role = roleOf(type, arn, issuer);
  const actor: Actor = { type, name: nameOfActor(type, arn, role?.name, identity) };
  const account = textOf(identity.accountId) ?? textOf(issuer.accountId);
  if (arn !== undefined) actor.arn = arn;
  if (account !== undefined) actor.account = account;
  if (role !== undefined) actor.role = role;
  const accessKeyId = textOf(identity.accessKeyId);
  if (accessKeyId !== undefined && accessKeyId !== "") actor.accessKeyId = accessKeyId;
  // The console and the API write the flag as text; a few services write a boolean.
  if (attributes.mfaAuthenticated !== undefined)
    actor.mfa =
      attributes.mfaAuthenticated === true || textOf(attributes.mfaAuthenticated)?.toLowerCase() === "true";
  const invokedBy = textOf(identity.invokedBy);
  if (invokedBy !== undefined) actor.invokedBy = invokedBy;
  const sourceIPAddress = textOf(record.sourceIPAddress);
  if (sourceIPAddress !== undefined) actor.sourceIPAddress = sourceIPAddress;
  const userAgent = textOf(record.userAgent);
  if (userAgent !== undefined) actor.userAgent = userAgent;
  return actor;
}

function roleOf(type: string, arn: string | undefined, issuer: Record<string, unknown>): Actor["role"] {
  const issuerArn = textOf(issuer.arn);
  const issuerName = textOf(issuer.userName);
  if (textOf(issuer.type) === "Role" || (issuerArn !== undefined && /:role\//.test(issuerArn))) {
    const name = issuerName ?? lastPart(issuerArn ?? "");
    return issuerArn === undefined ? { name } : { name, arn: issuerArn };
  }
  if (type !== "AssumedRole" || arn === undefined) return undefined;
  // arn:aws:sts::111122223333:assumed-role/<role>/<session>: some services omit the issuer.
  const assumed = /:assumed-role\/([^/]+)\//.exec(arn);
  return assumed?.[1] === undefined ? undefined : { name: assumed[1] };
}

function nameOfActor(
  type: string,
  arn: string | undefined,
  role: string | undefined,
  identity: Record<string, unknown>,
): string {
  if (type === "Root") return "root";
  const userName = textOf(identity.userName);
  if (userName !== undefined && userName !== "" && type !== "AssumedRole") return userName;
  if (role !== undefined) {
    const session = arn === undefined ? undefined : lastPart(arn);
    return session === undefined || session === role ? role : `${role}/${session}`;
  }
  if (arn !== undefined && arn !== "")
    return arn.slice(arn.lastIndexOf(":") + 1).replace(/^(?:user|role)\//, "");
  return (
    textOf(identity.invokedBy) ??
    textOf(fieldsOf(identity.onBehalfOf).userId) ??
    textOf(identity.principalId) ??
    textOf(identity.accountId) ??
    `an unknown ${type}`
  );
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** A principal, whatever the session calls itself: the part that anybody who assumes the role may choose is left out. */
export function principalOfArn(arn: string): string {
  return arn.replace(/^(arn:[^:]*:sts::\d*:assumed-role\/[^/]+)\/.*$/, "$1");
}
