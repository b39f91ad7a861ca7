import type { DetectionContext } from "../../settings";
import { type Fields, fieldsOf, listOf, textOf } from "../../json";
import type { Evidence } from "../detection";
import { cidrOf, isInNetworks, isTheWorld } from "./network";
import { matchesPattern } from "../../pattern";
import { accountIn, isForeign } from "./principal";

/** One statement of a policy, with its lists as lists. */
export interface Statement {
  /** Where it stands in the document, from 0. */
  index: number;
  sid?: string;
  effect: "Allow" | "Deny";
  /** Whom it names. `NotPrincipal` is `not`: everyone but these. */
  principals: { kind: PrincipalKind; value: string; not: boolean }[];
  actions: string[];
  notActions: string[];
  resources: string[];
  notResources: string[];
  conditions: Condition[];
}

/** The kinds of principals that IAM knows; a bare string is `AWS`. */
export type PrincipalKind = "AWS" | "Service" | "Federated" | "CanonicalUser";

/** One key of a `Condition` block. */
export interface Condition {
  /** As written: `StringEquals`, `ForAnyValue:StringLikeIfExists`. */
  operator: string;
  /** As written: `aws:PrincipalOrgID`, in any case. */
  key: string;
  values: string[];
}

/** Somebody outside the account whom a statement lets in. */
export interface Opening {
  statement: Statement;
  /** `everyone`, or the other account's id. */
  to: string;
  /** As the statement names them: `*`, an ARN, an account id. */
  principal: string;
}

/**
 * The statements of a policy document in any form in which records hold it: JSON text, JSON text that is URL-encoded
 * or wrapped in a string once more, an object. Anything else (`""`, broken JSON, null) has no statements; never throws.
 */
export function statementsOf(document: unknown): Statement[] {
  const policy = documentOf(document);
  return listOf(policy.Statement ?? policy.statement)
    .map(fieldsOf)
    .map(statementOf)
    .filter((statement) => statement !== undefined);
}

/** The policy document in any of the forms that {@link statementsOf} reads, as an object; an empty one when it is none. */
export function documentOf(document: unknown): Fields {
  return fieldsOf(parsed(document));
}

/**
 * The statements that let in everyone or an account that is neither own nor trusted.
 *
 * - A condition that only certain callers can fulfil narrows "everyone"; when it names other accounts instead
 *   (`aws:PrincipalAccount`, `aws:PrincipalArn`, `kms:CallerAccount`), those are let in.
 * - A condition does not take back that another account is named: its callers are that account's to choose.
 *
 * @param action only statements that allow an action that this pattern covers (`sts:AssumeRole*`); all when left out.
 */
export function openingsOf(statements: Statement[], context: DetectionContext, action?: string): Opening[] {
  return statements
    .filter(
      (statement) => statement.effect === "Allow" && (action === undefined || mayAllow(statement, action)),
    )
    .flatMap((statement) => [
      ...openingsToEveryone(statement, context),
      ...openingsToAccounts(statement, context),
    ]);
}

/** The statements that let in everyone, without a condition that narrows it. */
export function publicStatementsOf(statements: Statement[]): Statement[] {
  return statements.filter(
    (statement) =>
      statement.effect === "Allow" && namesEveryone(statement) && !isNarrowed(statement.conditions),
  );
}

/** Evidence for openings: the statement's Sid and whom it lets in. `parameter` is the path of the document. */
export function evidenceOfOpenings(openings: Opening[], parameter: string): Evidence[] {
  return openings.map(({ statement, to, principal }) => ({
    parameter: `${parameter}.Statement[${statement.index}]`,
    value:
      statement.sid === undefined ? { Principal: principal } : { Sid: statement.sid, Principal: principal },
    why: to === "everyone" ? "lets in everyone" : `lets in account ${to}`,
  }));
}

/**
 * The statements that make whoever holds them an administrator: all of IAM (with which anything else can be had) or
 * everything, on all resources. A condition does not change that. `NotAction` counts unless it leaves out IAM.
 *
 * @param account the own account, for resources that are spelled out with it.
 */
export function administratorStatementsOf(statements: Statement[], account: string): Statement[] {
  return statements.filter(
    (statement) =>
      statement.effect === "Allow" &&
      (statement.actions.some(coversIam) ||
        (statement.notActions.length > 0 && !statement.notActions.some(coversIam))) &&
      (statement.notResources.length > 0 ||
        statement.resources.some((resource) => matchesPattern(resource, `arn:aws:iam::${account}:*`))),
  );
}

/** Evidence for administrator statements. `parameter` is the path of the document. */
export function evidenceOfAdministrator(statements: Statement[], parameter: string): Evidence[] {
  return statements.map((statement) => ({
    parameter: `${parameter}.Statement[${statement.index}]`,
    value:
      statement.actions.length > 0
        ? { Action: statement.actions, Resource: statement.resources }
        : { NotAction: statement.notActions, Resource: statement.resources },
    why: "grants administrator rights",
  }));
}

/** Whether the statement names everyone: `*`, `{"AWS": "*"}`, `NotPrincipal`. Conditions are not looked at. */
export function namesEveryone(statement: Statement): boolean {
  return statement.principals.some(({ kind, value, not }) => not || (kind === "AWS" && isEveryone(value)));
}

/** Whether one of the conditions can be fulfilled by certain callers only. */
export function isNarrowed(conditions: Condition[]): boolean {
  return conditions.some(narrows);
}

function coversIam(action: string): boolean {
  // Held against the text `iam:*`, a pattern matches only when it covers every action of IAM.
  return matchesPattern(action.toLowerCase(), "iam:*");
}

function openingsToEveryone(statement: Statement, context: DetectionContext): Opening[] {
  if (!namesEveryone(statement)) return [];
  if (!isNarrowed(statement.conditions)) return [{ statement, to: "everyone", principal: "*" }];
  return statement.conditions
    .filter((condition) => narrows(condition) && accountKeys.includes(condition.key.toLowerCase()))
    .flatMap(({ values }) => values)
    .filter((value) => isForeign(accountIn(value), context))
    .map((value) => ({ statement, to: accountIn(value) ?? "", principal: value }));
}

function openingsToAccounts(statement: Statement, context: DetectionContext): Opening[] {
  return statement.principals
    .filter(({ kind, value, not }) => kind === "AWS" && !not && isForeign(accountIn(value), context))
    .map(({ value }) => ({ statement, to: accountIn(value) ?? "", principal: value }));
}

/** `*`, and an ARN that leaves the account open; not the ARN of a CloudFront identity, whose account is `cloudfront`. */
export function isEveryone(value: string): boolean {
  return value === "*" || (value.startsWith("arn:") && value.split(":", 5)[4] === "*");
}

/** Whether a statement is about an action, or about any that a pattern (`sts:AssumeRole*`) covers. */
export function mayAllow(statement: Statement, pattern: string): boolean {
  const wanted = pattern.toLowerCase();
  const meets = (action: string) => matchesPattern(action, wanted) || matchesPattern(wanted, action);
  if (statement.actions.length > 0) return statement.actions.some((action) => meets(action.toLowerCase()));
  return !statement.notActions.some((action) => matchesPattern(action.toLowerCase(), wanted));
}

/** What a value must be for a condition to narrow: lower-case key → test of one value. */
const narrowingKeys: Record<string, (value: string) => boolean> = {
  "aws:principalorgid": isFixedId,
  "aws:principalorgpaths": isFixedId,
  "aws:principalaccount": isFixedId,
  "aws:principalarn": isFixedArn,
  "aws:sourceaccount": isFixedId,
  "aws:sourceowner": isFixedId,
  "aws:sourceorgid": isFixedId,
  "aws:sourceorgpaths": isFixedId,
  "aws:sourcearn": isFixedArn,
  "aws:sourcevpc": isFixedId,
  "aws:sourcevpce": isFixedId,
  "aws:sourceip": isFixedNetwork,
  "aws:userid": isFixedId,
  "kms:calleraccount": isFixedId,
  "kms:viaservice": isFixedId,
  "s3:dataaccesspointaccount": isFixedId,
  "s3:dataaccesspointarn": isFixedArn,
};

/** Keys whose values say which accounts may call. */
const accountKeys = ["aws:principalaccount", "aws:principalarn", "kms:calleraccount"];

/**
 * Whether the condition can be fulfilled by certain callers only. Values are alternatives, so each must be fixed.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * ("The meaning of public")
 */
function narrows({ operator, key, values }: Condition): boolean {
  const plain = operator
    .toLowerCase()
    .replace(/^for(?:anyvalue|allvalues):/, "")
    .replace(/ifexists$/, "");
  // Negated operators and `Null` exclude some callers and let in all others.
  if (!/^(?:string(?:equals|equalsignorecase|like)|arn(?:equals|like)|ipaddress|numericequals)$/.test(plain))
    return false;
  const name = key.toLowerCase();
  const isFixed = Object.hasOwn(narrowingKeys, name) ? narrowingKeys[name] : undefined;
  if (isFixed === undefined || values.length === 0) return false;
  return values.every(isFixed) && !(name === "aws:sourceip" && isTheWorld(values));
}

/** Begins with something definite: `o-abc`, `AROAEXAMPLE:*`; not `*`, `o-*`, `?*`. */
function isFixedId(value: string): boolean {
  const wild = value.search(/[*?]/);
  return value !== "" && (wild < 0 || wild >= 5);
}

/** An ARN that names its account, or, where ARNs have none (S3), its resource. */
function isFixedArn(value: string): boolean {
  if (!value.startsWith("arn:")) return isFixedId(value);
  const [, , , , account = "", ...resource] = value.split(":");
  return account === "" ? /^[^*?]/.test(resource.join(":")) : !/[*?]/.test(account);
}

/** Narrower than /8 (IPv4) or /32 (IPv6), or private: what S3 does not call public. */
function isFixedNetwork(value: string): boolean {
  const cidr = cidrOf(value);
  if (cidr === undefined) return false;
  const own = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];
  return isInNetworks(value, own) || cidr.prefix >= (cidr.version === 4 ? 8 : 32);
}

function parsed(document: unknown): unknown {
  if (typeof document !== "string") return document;
  const value = jsonOf(document) ?? jsonOf(urlDecoded(document));
  return typeof value === "string" ? jsonOf(value) : value;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // broken documents are in real logs; AWS did not accept them either
  }
}

function urlDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return "";
  }
}

function statementOf(fields: Fields, index: number): Statement | undefined {
  const effect = textOf(fields.Effect)?.toLowerCase();
  if (effect !== "allow" && effect !== "deny") return undefined;
  const statement: Statement = {
    index,
    effect: effect === "allow" ? "Allow" : "Deny",
    principals: [...principalsOf(fields.Principal, false), ...principalsOf(fields.NotPrincipal, true)],
    actions: textsIn(fields.Action),
    notActions: textsIn(fields.NotAction),
    resources: textsIn(fields.Resource),
    notResources: textsIn(fields.NotResource),
    conditions: conditionsOf(fields.Condition),
  };
  if (typeof fields.Sid === "string" && fields.Sid !== "") statement.sid = fields.Sid;
  return statement;
}

function principalsOf(value: unknown, not: boolean): Statement["principals"] {
  if (typeof value === "string" || Array.isArray(value))
    return textsIn(value).map((text) => ({ kind: "AWS", value: text, not }));
  if (value === undefined) return [];
  const fields = fieldsOf(value);
  const kinds: PrincipalKind[] = ["AWS", "Service", "Federated", "CanonicalUser"];
  const named = kinds.filter((kind) => Object.hasOwn(fields, kind));
  return named.flatMap((kind) => textsIn(fields[kind]).map((text) => ({ kind, value: text, not })));
}

function conditionsOf(value: unknown): Condition[] {
  if (value === undefined) return [];
  return Object.entries(fieldsOf(value)).flatMap(([operator, keys]) =>
    Object.entries(fieldsOf(keys)).map(([key, values]) => ({ operator, key, values: textsIn(values) })),
  );
}

function textsIn(value: unknown): string[] {
  if (value === undefined) return [];
  // An account id may stand as a number, which loses leading zeros; IAM itself reads it so.
  return listOf(value)
    .filter((item) => typeof item === "string" || typeof item === "number" || typeof item === "boolean")
    .map(String);
}
