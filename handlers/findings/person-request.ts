import { createHash } from "node:crypto";
import { canonicalJson, type Fields, fieldsOf, isShallow, shownJson, textOf } from "../json";
import { type SwitchMode, switchModes } from "./mode-switch";
import { type Verdict, verdicts } from "./said";

/** What every request says. */
interface Addressed {
  /** The stack, by its table and region: what one stack was asked is nothing to another. */
  table: string;
  region: string;
  /** A UUID: no two requests are alike. */
  nonce: string;
  /** The reason, which is kept and alerted. */
  why: string;
}

/** Sets the switch. */
export interface ModeRequest extends Addressed {
  verb: "mode";
  mode: SwitchMode;
  /** Id of a detection; all of them when it is left out. */
  detection?: string;
  /** ISO date-time of its end. */
  until?: string;
  /** With `fix`: keys of open breakers that are to be closed, `breaker#…`. */
  close?: string[];
}

/** Permits the calls that take a fix back. */
export interface RollbackRequest extends Addressed {
  verb: "rollback";
  finding: string;
  /** {@link hashOfCalls} of the calls, as the person has seen them. */
  plan: string;
  /** A UUID, which stands in the user agent of the calls. */
  token: string;
  /** In a member: the ARN of the session that makes the calls, if it is not the person's own. */
  as?: string;
}

/** Says yes to the fix of a finding, or no. */
export interface ApprovalRequest extends Addressed {
  verb: "approve" | "deny";
  finding: string;
  /** {@link hashOfCalls} of the calls, as the person has seen them. */
  plan: string;
}

/** Notes that a fix was taken back. */
export interface RolledBackRequest extends Addressed {
  verb: "rolled-back";
  finding: string;
  /** Of the permit. */
  token: string;
}

/** Notes that a person has fixed a finding. */
export interface FixedRequest extends Addressed {
  verb: "fixed";
  finding: string;
}

/** Says what a person thinks of a finding. */
export interface VerdictRequest extends Addressed {
  verb: "verdict";
  finding: string;
  verdict: Verdict;
}

/** Has a record handled that a person has sent. */
export interface SendRequest extends Addressed {
  verb: "send";
  record: Fields;
}

/** Puts findings of a hunt in old log files into the table. */
export interface ImportRequest extends Addressed {
  verb: "import";
  /** ID of the hunt. */
  hunt: string;
  /** How many batches it has: without them all, it has not ended. */
  batches: number;
  /** Where to go on, from an earlier request's answer; 0 at first. */
  from: number;
}

/** What a person may ask of the function. */
export type PersonRequest =
  | ModeRequest
  | RollbackRequest
  | RolledBackRequest
  | ApprovalRequest
  | FixedRequest
  | VerdictRequest
  | SendRequest
  | ImportRequest;

/** What the function is invoked with. */
export interface RequestEvent {
  cloudtrailer: "request";
  request: PersonRequest;
  /** A presigned `sts:GetCallerIdentity` that is bound to the request: see {@link hashOfRequest}. */
  proof: string;
}

/** What the function answers. */
export type RequestAnswer =
  | {
      accepted: true;
      by: string;
      at: string;
      /** What came of it, for people. */
      result?: string;
    }
  | { accepted: false; by?: string; reason: string };

/** Whether an event is a person's request, whatever it asks. */
export function isRequestEvent(event: unknown): event is RequestEvent {
  return fieldsOf(event).cloudtrailer === "request";
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Characters of a reason. */
export const maxWhy = 1_000;

/** Characters of a sent record: the request is kept in the table, which limits an item to 400 KB. */
export const maxSent = 90_000;

/** Batches of a hunt: more than its largest one makes. */
const maxBatches = 1_000_000;

/** Keys of breakers that one request closes. */
const maxClosed = 1_000;

/** What the members of requests may be. */
const members: Record<string, { is(value: unknown): boolean; what: string }> = {
  table: { is: (value) => matches(value, /^[\w.-]{3,255}$/), what: "the name of the stack's table" },
  region: { is: (value) => matches(value, /^[a-z0-9-]{1,30}$/), what: "the stack's region" },
  nonce: { is: (value) => matches(value, uuid), what: "a UUID" },
  why: {
    is: (value) => typeof value === "string" && value.trim() !== "" && value.length <= maxWhy,
    what: `a reason of at most ${maxWhy} characters`,
  },
  mode: {
    is: (value) => switchModes.some((mode) => mode === value),
    what: `${switchModes.join(", ")}, and never off`,
  },
  detection: { is: (value) => matches(value, /^[a-z0-9-]{1,100}$/), what: "the id of a detection" },
  until: {
    is: (value) => matches(value, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/) && !Number.isNaN(Date.parse(String(value))),
    what: "an ISO date-time in UTC",
  },
  close: {
    is: (value) =>
      Array.isArray(value) &&
      value.length <= maxClosed &&
      value.every((one) => matches(one, /^breaker#[\w-]{1,100}(?:@\d{12})?(?:#[0-9a-f]{32})?$/)),
    what: "a list of keys breaker#…",
  },
  finding: { is: (value) => matches(value, /^[\w#.:/-]{3,600}$/), what: "the id of a finding" },
  plan: { is: (value) => matches(value, /^[0-9a-f]{64}$/), what: "a SHA-256 in hex" },
  token: { is: (value) => matches(value, uuid), what: "a UUID" },
  as: {
    is: (value) =>
      matches(value, /^arn:aws[a-z-]*:sts::\d{12}:assumed-role\/[\w+=,.@-]{1,64}\/[\w+=,.@-]{2,64}$/),
    what: "the ARN of a role's session",
  },
  record: {
    is: (value) =>
      textOf(fieldsOf(value).eventName) !== undefined &&
      // A proof binds no more than canonical JSON has.
      isShallow(value) &&
      canonicalJson(value).length <= maxSent,
    what: `a CloudTrail record of at most ${maxSent} characters of JSON`,
  },
  hunt: { is: (value) => matches(value, /^[\w-]{1,80}$/), what: "the ID of a hunt" },
  batches: { is: (value) => isNumberUpTo(value, 1, maxBatches), what: `a number from 1 to ${maxBatches}` },
  from: { is: (value) => isNumberUpTo(value, 0, Number.MAX_SAFE_INTEGER), what: "a number from 0 on" },
  verdict: {
    is: (value) => verdicts.some((verdict) => verdict === value),
    what: verdicts.join(", "),
  },
};

const always = ["table", "region", "nonce", "why"];

/** The members of each kind of request. */
const verbs: Record<string, { has: string[]; mayHave: string[] }> = {
  mode: { has: [...always, "mode"], mayHave: ["detection", "until", "close"] },
  rollback: { has: [...always, "finding", "plan", "token"], mayHave: ["as"] },
  "rolled-back": { has: [...always, "finding", "token"], mayHave: [] },
  verdict: { has: [...always, "finding", "verdict"], mayHave: [] },
  send: { has: [...always, "record"], mayHave: [] },
  fixed: { has: [...always, "finding"], mayHave: [] },
  import: { has: [...always, "hunt", "batches", "from"], mayHave: [] },
  approve: { has: [...always, "finding", "plan"], mayHave: [] },
  deny: { has: [...always, "finding", "plan"], mayHave: [] },
};

function matches(value: unknown, form: RegExp): boolean {
  return typeof value === "string" && form.test(value);
}

function isNumberUpTo(value: unknown, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
}

/** A request that is one in every member; or what is wrong with it. */
export function parsePersonRequest(value: unknown): { request: PersonRequest } | { problem: string } {
  const given = fieldsOf(value);
  const { verb, ...rest } = given;
  const known = Object.hasOwn(verbs, textOf(verb) ?? "") ? verbs[String(verb)] : undefined;
  if (known === undefined)
    return {
      problem: `expected a request with a verb of ${Object.keys(verbs).join(", ")}, found ${shownJson(verb)}`,
    };
  const { has, mayHave } = known;
  for (const name of [...has, ...mayHave]) {
    const found = rest[name];
    if (found === undefined && mayHave.includes(name)) continue;
    const { is, what } = members[name] ?? { is: () => false, what: "nothing" };
    if (!is(found))
      return {
        problem: `expected ${what} as ${name} of the request ${String(verb)}, found ${shownJson(found)}`,
      };
  }
  const other = Object.keys(rest).find((name) => ![...has, ...mayHave].includes(name));
  if (other !== undefined)
    return { problem: `expected no ${shownJson(other)} in the request ${String(verb)}` };
  return { request: given as unknown as PersonRequest };
}

/** What binds a proof to a request: the SHA-256 of its canonical JSON, in hex. */
export function hashOfRequest(request: PersonRequest): string {
  return createHash("sha256").update(canonicalJson(request)).digest("hex");
}

/** What stands for calls in a request: those of a rollback, or those of a fix. */
export function hashOfCalls(calls: unknown): string {
  return createHash("sha256").update(canonicalJson(calls)).digest("hex");
}
