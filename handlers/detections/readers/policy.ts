import type { DetectionContext } from "../../settings";
import type { Evidence } from "../detection";
import { holds } from "./conditions";
import { claimOf, clusterOf, isPublicIssuer, issuerOf } from "./federation";
import { isOwnOrganization } from "./organization";
import { type Outsider, strangers, waysOf } from "./outsider";
import { accountIn, isAccount, isCanonicalUser, isForeign, isOwnOrTrusted } from "./principal";
import {
  type Condition,
  coversAction,
  coversResource,
  mayAllow,
  type Principal,
  type Statement,
} from "./statement";

export { documentOf, mayAllow, type Statement, statementsOf } from "./statement";

/** An outsider whom a statement lets in. */
export interface Opening {
  /** The statement that names them: it allows them something, or exempts them from what it denies everybody else. */
  statement: Statement;
  /**
   * `everyone`, or the other account's id, the canonical user's, the organization's id or path, or the host of an identity
   * provider.
   */
  to: string;
  /** As in the statement: `*`, an ARN, an account id. */
  principal: string;
  /** The values of conditions that name them, if no principal does. */
  conditions: { key: string; value: string }[];
}

/** What a statement may let in as well. */
export interface OpeningOptions {
  /** Only statements that allow an action that this pattern covers (`sts:AssumeRole*`); all if omitted. */
  action?: string;
  /**
   * Whether a service principal counts as everyone if no condition restricts whose resources it may call for: anybody can have
   * the service call for theirs.
   */
  anyService?: boolean;
}

/** If a statement names more than this, it is not a list of partners and counts as everyone. */
const maxNamed = 500;

/**
 * The statements that let in outsiders: everyone, an account or canonical user that is neither this one nor trusted, an
 * organization that is not this account's.
 *
 * A statement lets in those it names (as principal, or by a condition's value) if its conditions can hold for them, by any
 * way in, and no denial certainly applies to them. What is unknown about them counts in their favor.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function openingsOf(
  statements: Statement[],
  context: DetectionContext,
  options: OpeningOptions = {},
): Opening[] {
  const { action } = options;
  const denials = statements.filter(({ effect }) => effect === "Deny");
  return statements
    .filter(({ effect }) => effect === "Allow")
    .filter((statement) => action === undefined || mayAllow(statement, action))
    .flatMap((statement) => openingsIn(statement, denials, context, options))
    .filter(isFirst);
}

/** Two statements may both be open to somebody whom a denial exempts: that is one opening, in the denial. */
function isFirst(opening: Opening, index: number, openings: Opening[]): boolean {
  return (
    opening.statement.effect === "Allow" ||
    openings.findIndex((one) => one.statement === opening.statement && one.to === opening.to) === index
  );
}

/** Evidence for openings: the statement's Sid and whom it lets in. `parameter` is the path of the document. */
export function evidenceOfOpenings(openings: Opening[], parameter: string): Evidence[] {
  return openings.map(({ statement, to, principal, conditions }) => ({
    parameter: `${parameter}.Statement[${statement.index}]`,
    value: {
      ...(statement.sid === undefined ? {} : { Sid: statement.sid }),
      Principal: principal,
      ...(conditions.length === 0 ? {} : { Condition: valuesByKey(conditions) }),
    },
    why: whyOf({ to, principal }),
  }));
}

/** Whether the statement names everyone: `*`, `{"AWS": "*"}`, `NotPrincipal`. Conditions are ignored. */
export function namesEveryone(statement: Statement): boolean {
  return statement.principals.some(
    ({ kind, value, not }) => not || (kind !== "Service" && kind !== "CanonicalUser" && isEveryone(value)),
  );
}

/** `*`, and an ARN that leaves the account open; not the ARN of a CloudFront identity, whose account is `cloudfront`. */
export function isEveryone(value: string): boolean {
  return value === "*" || (value.startsWith("arn:") && value.split(":", 5)[4] === "*");
}

/** Whom an opening lets in, as the predicate of a sentence about the statement. */
export function whyOf({ to, principal }: Pick<Opening, "to" | "principal">): string {
  if (to === "everyone") {
    const issuer = issuerOf(principal);
    if (issuer !== undefined) return `lets in anybody with a token of ${issuer}`;
    return isEveryone(principal) ? "lets in everyone" : `lets in everyone through ${principal}`;
  }
  if (isAccount(to)) return `lets in account ${to}`;
  if (to.startsWith("o-")) return `lets in organization ${to}`;
  return isCanonicalUser(to) ? `lets in the canonical user ${to}` : `lets in anybody with a token of ${to}`;
}

function valuesByKey(conditions: Opening["conditions"]): Record<string, string[]> {
  const byKey: Record<string, string[]> = {};
  for (const { key, value } of conditions) byKey[key] = [...(byKey[key] ?? []), value];
  return byKey;
}

function openingsIn(
  statement: Statement,
  denials: Statement[],
  context: DetectionContext,
  { anyService }: OpeningOptions,
): Opening[] {
  // Resource policies usually let in a service that may call for anybody; a required source that leaves everything
  // open is unusual.
  const byService =
    anyService === true || [statement, ...denials].some(({ conditions }) => conditions.some(isOnSource));
  const letsIn = (outsider: Outsider): boolean =>
    (byService || outsider.way !== "service") &&
    names(statement, outsider) &&
    statement.conditions.every((condition) => holds(condition, outsider, context) !== false) &&
    !denials.some((denial) => denies(denial, statement, outsider, context));
  const toEveryone = (principal: string): Opening => ({
    statement,
    to: "everyone",
    principal,
    conditions: [],
  });
  const named = namedIn(statement, denials, context);
  if (named.length > maxNamed) return [toEveryone("*")];
  const stranger = strangersOf(statement).find(letsIn);
  const openings = named
    // Strangers are let in already, whatever else the conditions name.
    .filter(({ conditions }) => stranger === undefined || conditions.length === 0)
    .filter(({ ways }) => ways.some(letsIn))
    // Anybody named as principal, or twice by conditions, is let in by that already.
    .filter(
      ({ to, conditions }, index, all) =>
        conditions.length === 0 || all.findIndex((one) => one.to === to) === index,
    )
    .map(({ ways: _, ...opening }) => opening);
  return stranger === undefined ? openings : [toEveryone(principalOf(statement, stranger)), ...openings];
}

/** The principal by which a statement covers somebody whom it does not name. */
function principalOf(statement: Statement, outsider: Outsider): string {
  if (namesEveryone(statement)) return "*";
  return statement.principals.find((principal) => mayBe(principal, outsider))?.value ?? "*";
}

/** The strangers whom a statement's principals may cover. */
function strangersOf(statement: Statement): Outsider[] {
  const anyProvider = statement.principals.some(
    ({ kind, value }) => kind === "Federated" && isEveryone(value),
  );
  const issuers = issuersIn(statement).filter(isPublicIssuer);
  return [...strangers, ...(anyProvider ? [withToken(undefined)] : []), ...issuers.map(withToken)];
}

function withToken(provider: string | undefined): Outsider {
  const outsider: Outsider = { way: "federated", organization: "none", throughEndpoint: false };
  // Condition keys name it in any case.
  return provider === undefined ? outsider : { ...outsider, provider: provider.toLowerCase() };
}

function isOnSource({ key }: Pick<Condition, "key">): boolean {
  return /^aws:source(?:arn|account|owner|orgid|orgpaths)$/i.test(key);
}

/** The issuer of a provider's tokens, be it a cluster, in lower case; undefined for SAML. */
function hostOf(provider: string): string | undefined {
  return (issuerOf(provider) ?? clusterOf(provider))?.toLowerCase();
}

/** The issuers of tokens that a statement accepts. */
function issuersIn(statement: Statement): string[] {
  const named = statement.principals.flatMap(({ kind, value }) =>
    kind === "Federated" ? (issuerOf(value) ?? []) : [],
  );
  const asked = namesEveryone(statement)
    ? statement.conditions.flatMap(({ key }) => claimOf(key.toLowerCase())?.issuer ?? [])
    : [];
  return [...new Set([...named, ...asked])];
}

/** An opening, if one of the ways is one. */
interface Named extends Opening {
  ways: Outsider[];
}

/**
 * All outsiders whom a statement names, as principals or in the values of its conditions, and those whom denials exempt in
 * the values of theirs.
 */
function namedIn(statement: Statement, denials: Statement[], context: DetectionContext): Named[] {
  const byPrincipal = statement.principals.flatMap((principal) => namedBy(statement, principal, context));
  const byCondition = namedByConditions(statement, context);
  const isOpen = namesEveryone(statement) || statement.principals.some(({ kind }) => kind === "Service");
  const excepted = isOpen ? denials.flatMap((denial) => exemptedBy(denial, context)) : [];
  return [...byPrincipal, ...byCondition, ...excepted];
}

/** Those whom a denial names to exempt them: in its conditions, or as `NotPrincipal`. */
function exemptedBy(denial: Statement, context: DetectionContext): Named[] {
  const byPrincipal = denial.principals
    .filter(({ not }) => not)
    .flatMap((principal) => namedBy(denial, { ...principal, not: false }, context));
  return [...byPrincipal, ...namedByConditions(denial, context)];
}

/** Those whom the conditions of a statement name: those they hold for, or those a denial exempts. */
function namedByConditions(statement: Statement, context: DetectionContext): Named[] {
  const principal = namesEveryone(statement) ? "*" : (statement.principals[0]?.value ?? "*");
  const valuesOf: Record<string, Opening["conditions"]> = {};
  for (const condition of statement.conditions) {
    // `StringNotEquals` names those it keeps out or, in a denial, those it exempts.
    if (/not/i.test(condition.operator) !== (statement.effect === "Deny")) continue;
    for (const value of condition.values) {
      const to = namedByCondition(condition, value, context);
      if (to === undefined) continue;
      valuesOf[to] ??= [];
      valuesOf[to].push({ key: condition.key, value });
    }
  }
  return Object.entries(valuesOf).map(([to, conditions]) => ({
    statement,
    to,
    principal,
    conditions,
    ways: waysBy(to, conditions),
  }));
}

/** How an account or organization named in conditions gets in: by the ways on which the keys identify it. */
function waysBy(to: string, conditions: Opening["conditions"]): Outsider[] {
  const ways = new Set<Outsider["way"]>();
  for (const condition of conditions) {
    if (isOnSource(condition)) ways.add("service");
    // SNS sets the owner of the source for any caller.
    if (!isOnSource(condition) || /owner$/i.test(condition.key)) ways.add("signed");
  }
  return [...ways].flatMap((way) =>
    to.startsWith("o-") ? waysOf({}, way, [to]) : waysOf({ account: to }, way, ["none", "unknown"]),
  );
}

function namedBy(statement: Statement, { kind, value, not }: Principal, context: DetectionContext): Named[] {
  if (not || kind === "Service") return [];
  const named = (to: string, ways: Outsider[]): Named[] => [
    { statement, to, principal: value, conditions: [], ways },
  ];
  const signed = (account: string) => named(account, waysOf({ account }, "signed", ["none", "unknown"]));
  if (kind === "CanonicalUser") return isOwnOrTrusted(value, context) ? [] : signed(value);
  const account = accountIn(value);
  if (kind === "AWS") return isForeign(account, context) ? signed(account) : [];
  // An identity provider: another account's, or one whose tokens' owner is not restricted.
  const issuer = issuerOf(value);
  if (isForeign(account, context)) return named(account, [{ ...withToken(hostOf(value)), account }]);
  return issuer === undefined || isPublicIssuer(issuer) ? [] : named(issuer, [withToken(issuer)]);
}

/** Keys whose values name accounts, in lower case. */
const accountKeys = [
  "aws:principalaccount",
  "aws:principalarn",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceowner",
  "aws:sourcevpcarn",
  "aws:userid",
  "aws:vpceaccount",
  "ec2:sourceinstancearn",
  "kms:calleraccount",
  "lambda:sourcefunctionarn",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
  "sns:endpoint",
];

/** Keys whose values name organizations, in lower case. */
const organizationKeys = [
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:vpceorgid",
  "aws:vpceorgpaths",
];

/** The outside account or organization that a condition's value names. */
function namedByCondition({ key }: Condition, value: string, context: DetectionContext): string | undefined {
  const name = key.toLowerCase();
  if (accountKeys.includes(name)) {
    const account = accountIn(value);
    return isForeign(account, context) ? account : undefined;
  }
  if (!organizationKeys.includes(name) || !/^o-[a-z0-9]+(?:\/|$)/.test(value)) return undefined;
  return isOwnOrganization(value, context) === false ? value : undefined;
}

/** Whether the principals of an allowing statement may be outsiders. */
function names(statement: Statement, outsider: Outsider): boolean {
  return statement.principals.some(
    (principal) =>
      (principal.not && !isExcepted(statement.principals, outsider)) ||
      (!principal.not && mayBe(principal, outsider)),
  );
}

function mayBe({ kind, value }: Principal, { way, account, provider }: Outsider): boolean {
  switch (kind) {
    case "AWS":
      return isEveryone(value) || (way === "signed" && account !== undefined && accountIn(value) === account);
    case "Service":
      return way === "service";
    case "CanonicalUser":
      return way === "signed" && value === account;
    case "Federated":
      if (way !== "federated") return false;
      if (isEveryone(value)) return true;
      return hostOf(value) === provider && (account === undefined || accountIn(value) === account);
  }
}

/** Whether `NotPrincipal` covers somebody: a whole account. */
function isExcepted(principals: Principal[], { way, account }: Outsider): boolean {
  return principals.some(({ kind, value, not }) => {
    if (!not || kind !== "AWS") return false;
    return value === "*" || (way === "signed" && account !== undefined && isWholeAccount(value, account));
  });
}

function isWholeAccount(principal: string, account: string): boolean {
  return principal === account || (principal.endsWith(":root") && accountIn(principal) === account);
}

/** Whether a statement certainly denies somebody everything that another one allows them. */
function denies(
  denial: Statement,
  allowed: Statement,
  outsider: Outsider,
  context: DetectionContext,
): boolean {
  return (
    isCertainlyNamed(denial, outsider) &&
    denial.conditions.every((condition) => holds(condition, outsider, context) === true) &&
    coversAll(denial, allowed)
  );
}

function isCertainlyNamed({ principals }: Statement, outsider: Outsider): boolean {
  const { way, account } = outsider;
  // A denial that exempts only a role of an account still leaves that role.
  if (principals.some(({ not }) => not))
    return !principals.some(
      ({ value, not }) => not && (value === "*" || (account !== undefined && accountIn(value) === account)),
    );
  return principals.some(
    ({ kind, value }) =>
      kind === "AWS" &&
      (value === "*" || (way === "signed" && account !== undefined && isWholeAccount(value, account))),
  );
}

/** Whether a denial covers all actions on all resources of a statement. */
function coversAll(denial: Statement, allowed: Statement): boolean {
  const { actions, notResources } = allowed;
  // All but some: only a denial of everything certainly covers that.
  const allActions = actions.length > 0 ? actions : ["*"];
  if (!allActions.every((action) => coversAction(denial, action))) return false;
  const isAboutAll = denial.resources.length === 0 && denial.notResources.length === 0;
  if (isAboutAll) return true;
  const resources = notResources.length > 0 || allowed.resources.length === 0 ? ["*"] : allowed.resources;
  return resources.every((resource) => coversResource(denial, resource));
}
