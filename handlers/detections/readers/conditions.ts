import type { DetectionContext } from "../../settings";
import { matchesPattern } from "../../pattern";
import { claimOf, leavesOwnerOpen, saysWhose } from "./federation";
import { cidrOf, isInNetworks, isTheWorld } from "./network";
import { isOwnOrganization } from "./organization";
import { isStranger, type Outsider } from "./outsider";
import { accountIn, isAccount, isOwnOrTrusted } from "./principal";
import type { Condition } from "./statement";

/** Certain, impossible, or (undefined) up to the caller or undecidable from the policy. */
type Maybe = boolean | undefined;

/** What somebody's request has under a condition key. */
interface Held {
  /** Whether the key is missing from the request. */
  absent: Maybe;
  /** Whether the existing value meets one of the values. Called only if there are any. */
  meets(values: string[], comparison: string): Maybe;
}

/**
 * Whether a condition holds for somebody outside.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function holds(condition: Condition, outsider: Outsider, context: DetectionContext): Maybe {
  const { comparison, negated, each, some, ifExists } = operatorOf(condition.operator);
  const held = heldOf(condition.key.toLowerCase(), outsider, context);
  const { values } = condition;
  if (comparison === "null") return holdsNull(values, held.absent);
  // How a missing key is treated:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  const whenAbsent = ifExists || each || (negated && !some);
  if (held.absent === true) return whenAbsent;
  const met = values.length === 0 ? false : held.meets(values, comparison);
  const whenThere = negated ? not(met) : met;
  return held.absent === false || whenThere === whenAbsent ? whenThere : undefined;
}

/** The parts of a condition's operator: `ForAnyValue:StringNotLikeIfExists`. */
interface Operator {
  /** The core without prefix, suffix and `Not`: `stringlike`. */
  comparison: string;
  negated: boolean;
  /** `ForAllValues:` */
  each: boolean;
  /** `ForAnyValue:` */
  some: boolean;
  ifExists: boolean;
}

function operatorOf(text: string): Operator {
  const operator = text.toLowerCase();
  const colon = operator.indexOf(":");
  const quantifier = operator.slice(0, Math.max(colon, 0));
  const ifExists = operator.endsWith("ifexists");
  const plain = operator.slice(colon + 1, ifExists ? -"ifexists".length : undefined);
  const comparison = plain.replace("not", "");
  return {
    comparison,
    negated: comparison !== plain,
    each: quantifier === "forallvalues",
    some: quantifier === "foranyvalue",
    ifExists,
  };
}

function holdsNull(values: string[], absent: Maybe): Maybe {
  const asked = values.map((value) => value.toLowerCase());
  const [mayBeAbsent, mayBeThere] = [asked.includes("true"), asked.includes("false")];
  if (mayBeAbsent === mayBeThere) return mayBeAbsent;
  return mayBeAbsent ? absent : not(absent);
}

function not(value: Maybe): Maybe {
  return value === undefined ? undefined : !value;
}

/** Any of several: certain if one is, impossible if all are. */
function any(answers: Maybe[]): Maybe {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

const missing: Held = { absent: true, meets: () => false };

/** A value that the caller or request can choose. */
const free: Held = { absent: undefined, meets: () => undefined };

function present(meets: Held["meets"]): Held {
  return { absent: false, meets };
}

function each(test: (value: string, isPattern: boolean) => Maybe): Held {
  return present((values, comparison) =>
    any(values.map((value) => test(value, comparison.endsWith("like") || comparison === "arnequals"))),
  );
}

function flag(is: boolean): Held {
  return each((value) => value.toLowerCase() === String(is));
}

type HeldBy = (outsider: Outsider, context: DetectionContext) => Held;

/** The caller's own value, if they have AWS credentials. */
const ofSigned =
  (held: HeldBy): HeldBy =>
  (outsider, context) =>
    outsider.way === "signed" ? held(outsider, context) : missing;

/** What an AWS service says about the resource it calls for. */
const ofService =
  (held: HeldBy): HeldBy =>
  (outsider, context) =>
    outsider.way === "service" ? held(outsider, context) : missing;

const ofEndpoint =
  (held: HeldBy): HeldBy =>
  (outsider, context) =>
    outsider.throughEndpoint ? held(outsider, context) : missing;

const account: HeldBy = (outsider, context) => each(isAccountOf(outsider, context));
const arn: HeldBy = (outsider, context) => each(isArnOf(outsider, context));
const fixed: HeldBy = (outsider) => each(isFixedOf(outsider));
const organization: HeldBy = (outsider, context) =>
  outsider.organization === "none" ? missing : each(isOrganizationOf(outsider, context));

/** A value that is there only for some requests, as the caller likes. */
function perhaps(held: HeldBy): HeldBy {
  return (outsider, context) => ({ ...held(outsider, context), absent: undefined });
}

/** Condition keys, in lower case. The caller can choose any other. */
const keys: Record<string, HeldBy> = {
  "aws:principalaccount": ofSigned(account),
  "aws:principalarn": ofSigned(arn),
  "aws:principalorgid": ofSigned(organization),
  "aws:principalorgpaths": ofSigned(organization),
  "aws:principalisawsservice": ({ way }) => (way === "anonymous" ? missing : flag(way === "service")),
  "aws:principalservicename": ofService(() => present(() => undefined)),
  "aws:principalservicenameslist": ofService(() => present(() => undefined)),
  "aws:userid": ofSigned((outsider, context) =>
    each((value, isPattern) =>
      isAccount(value)
        ? isAccountOf(outsider, context)(value, isPattern)
        : isFixedOf(outsider)(value, isPattern),
    ),
  ),
  "kms:calleraccount": ofSigned(account),
  "aws:sourceaccount": ofService(account),
  "aws:sourcearn": ofService(arn),
  "aws:sourceorgid": ofService(organization),
  "aws:sourceorgpaths": ofService(organization),
  // SNS sets it for any caller.
  "aws:sourceowner": (outsider, context) =>
    outsider.way === "signed" || outsider.way === "service" ? account(outsider, context) : missing,
  "aws:sourcevpc": ofEndpoint(fixed),
  "aws:sourcevpcarn": ofEndpoint(arn),
  "aws:sourcevpce": ofEndpoint(fixed),
  "aws:vpcsourceip": ofEndpoint(() => free),
  "aws:vpceaccount": ofEndpoint(account),
  "aws:vpceorgid": ofEndpoint(organization),
  "aws:vpceorgpaths": ofEndpoint(organization),
  "aws:sourceip": (outsider) =>
    outsider.throughEndpoint || outsider.way === "service" ? missing : present(isAddressOf(outsider)),
  // Only for requests through an access point; whoever may use one need not.
  "s3:dataaccesspointaccount": perhaps(account),
  "s3:dataaccesspointarn": perhaps(arn),
  "aws:resourceaccount": (_, context) => each((value) => isOfThisAccount(value, context)),
  "aws:resourceorgid": (_, context) => each((value) => isOfThisOrganization(value, context)),
  // Only for credentials of a function or an instance; whoever has others can do without.
  "ec2:sourceinstancearn": ofSigned(perhaps(arn)),
  "lambda:sourcefunctionarn": ofSigned(perhaps(arn)),
  "ssm:sourceinstancearn": ofSigned(perhaps(arn)),
  // For functions that Alexa calls: the ID of the owner's skill.
  "lambda:eventsourcetoken": (outsider) => each(isFixedOf(outsider)),
  // Where the messages of a subscription go.
  "sns:endpoint": (outsider) => present(isEndpointOf(outsider)),
  // Whoever mounts the file system can reach its mount target.
  "elasticfilesystem:accessedviamounttarget": () => flag(false),
};

function heldOf(key: string, outsider: Outsider, context: DetectionContext): Held {
  const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (known !== undefined) return known(outsider, context);
  const claim = claimOf(key);
  if (claim === undefined) return free;
  if (claim.issuer !== outsider.provider) return missing;
  if (!saysWhose(claim.issuer, claim.claim)) return free;
  return each((value, isPattern) =>
    !isStranger(outsider) || (isPattern && leavesOwnerOpen(claim, value)) ? undefined : false,
  );
}

const wild = /[*?]/;
const everything = /^\*+$/;

/** A policy variable that stands for the resource's account or organization: this one. */
function isVariable(value: string, name: string): boolean {
  return value.toLowerCase() === `\${aws:${name}}`;
}

/** Whether a value is an outsider's account. They may choose what other variables stand for. */
function isAccountOf(outsider: Outsider, context: DetectionContext) {
  return (value: string, isPattern: boolean): Maybe => {
    if (isVariable(value, "resourceaccount")) return false;
    if (value.includes("${")) return undefined;
    if (isOwnOrTrusted(value, context)) return false;
    if (!wild.test(value)) return value === outsider.account;
    if (!isPattern) return false;
    if (everything.test(value)) return true;
    return outsider.account === undefined ? undefined : matchesPattern(value, outsider.account);
  };
}

/**
 * Whether a value is an outsider's ARN. One without an account (a bucket's) belongs to this account if it is spelled out, or
 * to an account that is named beside it.
 */
function isArnOf(outsider: Outsider, context: DetectionContext) {
  return (value: string, isPattern: boolean): Maybe => {
    if (everything.test(value)) return isPattern;
    const parts = value.split(":");
    if (parts[0] !== "arn" || parts.length < 6) return isPattern && isOpen(value) ? undefined : false;
    return !isPattern && wild.test(value) ? false : isOwnedBy(outsider, context, parts);
  };
}

function isOwnedBy(outsider: Outsider, context: DetectionContext, parts: string[]): Maybe {
  const [, , service = "", , owner = "", ...rest] = parts;
  const resource = rest.join(":");
  const [name = ""] = resource.split("/");
  // A bucket's name says which one it is, whatever is written in place of the account: `arn:aws:s3:*:*:files`. The name of an
  // access point does not.
  const isBucket =
    service === "s3" && !isAccount(owner) && !isOpen(name) && !resource.startsWith("accesspoint/");
  if (!isBucket && (isAccount(owner) || isOpen(owner))) {
    const isTheirs = isAccountOf(outsider, context)(owner, true);
    return isTheirs === false || isAnything(service, resource) ? isTheirs : undefined;
  }
  // Else it has no owner (a bucket), or `cloudfront`, `aws`: nobody's account.
  if (owner === "" && isOpen(name)) return undefined;
  return isStranger(outsider) ? false : undefined;
}

/** Whether an ARN leaves open everything but the account: `arn:aws:iam::111122223333:*`. */
function isAnything(service: string, resource: string): boolean {
  return /^(?:\*+|iam)$/.test(service) && everything.test(resource);
}

/** Whether a part of a value may be several things: it has a wildcard or a variable. */
function isOpen(part: string): boolean {
  return wild.test(part) || part.includes("${");
}

function isOrganizationOf(outsider: Outsider, context: DetectionContext) {
  return (value: string, isPattern: boolean): Maybe => {
    if (isVariable(value, "resourceorgid")) return false;
    if (value.includes("${")) return undefined;
    // Every organization's ID starts like this.
    if (/^(?:o-)?\*+$/.test(value)) return isPattern;
    const [id = ""] = value.split("/");
    if (wild.test(value) && !isPattern) return false;
    if (wild.test(id)) return undefined;
    const isOwn = isOwnOrganization(value, context);
    if (isOwn === true) return false;
    if (outsider.organization === "unknown") return undefined;
    if (isOwn === undefined || outsider.organization.split("/", 1)[0] !== id) return false;
    return value === id || value === `${id}/*` || value === outsider.organization ? true : undefined;
  };
}

/** Whether a value is an ID that an outsider may have: if little of it is fixed besides its type (`vpce-*`). */
function isFixedOf(outsider: Outsider) {
  return (value: string, isPattern: boolean): Maybe => {
    if (value.includes("${")) return undefined;
    const at = value.search(wild);
    if (at >= 0 && !isPattern) return false;
    if (everything.test(value)) return true;
    if (at >= 0 && (at < 5 || /^[a-z]+-$/.test(value.slice(0, at)))) return undefined;
    return isStranger(outsider) ? false : undefined;
  };
}

/** Whether an outsider has an address in the blocks. What S3 does not call public belongs to no outsider. */
function isAddressOf(outsider: Outsider) {
  return (values: string[]): Maybe => {
    if (isTheWorld(values) || values.some((value) => everything.test(value))) return true;
    if (!isStranger(outsider)) return undefined;
    return values.every(isNarrowNetwork) ? false : undefined;
  };
}

/** Narrower than /8 (IPv4) or /32 (IPv6), or private. */
function isNarrowNetwork(value: string): boolean {
  const cidr = cidrOf(value);
  if (cidr === undefined) return false;
  const own = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];
  return isInNetworks(value, own) || cidr.prefix >= (cidr.version === 4 ? 8 : 32);
}

/** Whether an outsider may have the endpoint of a subscription: if neither its host nor its owner is fixed. */
function isEndpointOf(outsider: Outsider) {
  return (values: string[], comparison: string): Maybe => {
    if (!comparison.endsWith("like")) return isStranger(outsider) ? false : undefined;
    if (values.some((value) => everything.test(value))) return true;
    if (!isStranger(outsider)) return undefined;
    return values.every(hasFixedHost) ? false : undefined;
  };
}

/** `*@example.com`, `https://example.com/*`, `arn:aws:sqs:*:111122223333:*`; not `*.com`, `https://*`. */
function hasFixedHost(endpoint: string): boolean {
  if (accountIn(endpoint) !== undefined) return true;
  const [, mailHost, urlHost] = /^[^/]*@(.+)$|^https?:\/\/([^/]+)(?:\/|$)/.exec(endpoint) ?? [];
  const host = mailHost ?? urlHost;
  return host === undefined ? !isOpen(endpoint) : !isOpen(host);
}

function isOfThisAccount(value: string, { account: own }: DetectionContext): Maybe {
  if (isVariable(value, "principalaccount") || isVariable(value, "sourceaccount")) return false;
  if (value.includes("${")) return undefined;
  return matchesPattern(value, own);
}

function isOfThisOrganization(value: string, context: DetectionContext): Maybe {
  if (isVariable(value, "principalorgid") || isVariable(value, "sourceorgid")) return false;
  if (value.includes("${") || wild.test(value)) return undefined;
  return isOwnOrganization(value, context);
}
