import type { Call } from "../../aws/call";
import { type Fields, fieldsOf, listOf, plainTextOf, textOf, sameJson } from "../../json";
import type { Evidence } from "../../detections/detection";
import { documentOf, isEveryone, type Statement, statementsOf } from "../../detections/readers/policy";
import { isAccount } from "../../detections/readers/principal";
import type { NoPlan, Plan } from "../remediation";
import { alreadyOk, changedSince } from "./outcomes";

/** What is left of a live policy without the openings of an event. */
export interface Closed {
  /** Whom the event's policy lets in was let in by the policy before it, too. */
  asBefore?: boolean;
  /** The statements that were dropped or shortened, by Sid or by their place from 0. None: nothing is to be done. */
  closed: string[];
  /** The offending Sids under which something else stands by now. */
  rewritten: string[];
  /** The policy to put in its place; undefined when no statement is left. */
  policy?: string;
}

/** The plan that puts a policy without its openings in the place of the live one, or why there is none. */
export function planClosing(
  closed: Closed,
  about: {
    /** Whose policy: `the bucket data`. */
    whose: string;
    /** The policy as it is now; undefined when there is none. */
    live: string | undefined;
    /** The call that sets a policy. */
    put(policy: string): Call;
    /** The call that leaves no policy. */
    remove(): Call;
  },
): Plan | NoPlan {
  const { whose, live, put, remove } = about;
  if (live === undefined) return alreadyOk(`${whose} has no policy`);
  if (closed.closed.length > 0)
    return {
      summary: `Take what the event opened out of the policy of ${whose} (statement ${closed.closed.join(", ")})`,
      calls: [closed.policy === undefined ? remove() : put(closed.policy)],
      rollback: [put(live)],
    };
  if (closed.asBefore === true) return alreadyOk(`the policy of ${whose} let the same in before the event`);
  return closed.rewritten.length > 0
    ? changedSince(`the statement ${closed.rewritten.join(", ")} of the policy of ${whose} was rewritten`)
    : alreadyOk(`the policy of ${whose} no longer has what the event wrote`);
}

/**
 * Takes out of a live policy what an event's policy opened: the principals that the evidence names, from the statements
 * that the event wrote; a statement that names nobody else goes as a whole. All other text stays as it is.
 *
 * @param live the policy as it is now, in any form that `statementsOf` reads.
 * @param written the policy in the event's record.
 * @param evidence of `evidenceOfOpenings`.
 * @param before the policy before the event, where that is known: whom it let in stays in.
 */
export function withoutOpenings(
  live: unknown,
  written: unknown,
  evidence: Evidence[],
  before?: unknown,
): Closed {
  const events = statementsOf(written);
  const earlier = statementsOf(before);
  let kept = false;
  const offending = new Map<Statement, string[]>();
  for (const { parameter, value } of evidence) {
    const index = Number(/\.Statement\[(\d+)\]$/.exec(parameter)?.[1]);
    const statement = events.find((candidate) => candidate.index === index);
    const principal = textOf(fieldsOf(value).Principal);
    if (statement === undefined || principal === undefined) continue;
    if (earlier.some((one) => letIn(one, statement, principal))) {
      kept = true;
      continue;
    }
    offending.set(statement, [...(offending.get(statement) ?? []), principal]);
  }
  if (kept && offending.size === 0) return { closed: [], rewritten: [], asBefore: true };
  const offendersOf = (statement: Statement) =>
    [...offending].flatMap(([event, principals]) => (sameStatement(event, statement) ? principals : []));
  const closed = closing(live, offendersOf);
  const left = statementsOf(closing(written, offendersOf).policy);
  const sids = [...offending.keys()].flatMap(({ sid }) => (sid === undefined ? [] : [sid]));
  const rewritten = statementsOf(live).flatMap((statement) => {
    const { sid } = statement;
    if (sid === undefined || !sids.includes(sid) || closed.closed.includes(sid)) return [];
    // Shortened as the fix shortens it, it is what was there before the event or is there after the fix.
    return left.some((one) => sameStatement(one, statement)) ? [] : [sid];
  });
  return { ...closed, rewritten };
}

/**
 * The same for a statement that is known by its Sid alone (`AddPermission` and its label).
 *
 * @param principals account ids, or `*`
 */
export function withoutGrantees(live: unknown, sid: string, principals: string[]): Closed {
  const closed = closing(live, (statement) =>
    statement.effect === "Allow" && statement.sid === sid
      ? principals.filter((principal) => statement.principals.some(({ value }) => covers(principal, value)))
      : [],
  );
  // A statement without them may be the fix's, or one of before: neither lets in whom the event let in.
  return { ...closed, rewritten: [] };
}

function closing(
  live: unknown,
  offendersOf: (statement: Statement) => string[],
): Pick<Closed, "closed" | "policy"> {
  const document = documentOf(live);
  const statements = statementsOf(document);
  const closed: string[] = [];
  const left = listOf(document.Statement).flatMap((raw, index) => {
    const statement = statements.find((candidate) => candidate.index === index);
    const offenders = statement === undefined ? [] : offendersOf(statement);
    if (statement === undefined || offenders.length === 0) return [raw];
    closed.push(statement.sid ?? `number ${index}`);
    const others = othersOf(fieldsOf(raw).Principal, offenders);
    // Conditions and NotPrincipal let somebody in whom the principals do not name: then the whole statement goes.
    return others === undefined ? [] : [{ ...fieldsOf(raw), Principal: others }];
  });
  return left.length === 0
    ? { closed }
    : { closed, policy: JSON.stringify({ ...document, Statement: left }) };
}

/** A Principal element without the offenders; undefined when nobody is left, or none of them was in it. */
function othersOf(principal: unknown, offenders: string[]): Fields | undefined {
  const fields = typeof principal === "string" ? { AWS: principal } : fieldsOf(principal);
  const named = listOf(fields.AWS);
  const others = named.filter((one) => !offenders.some((offender) => covers(offender, plainTextOf(one))));
  if (others.length === named.length) return undefined;
  const left = Object.entries(fields).flatMap(([kind, value]) => {
    if (kind !== "AWS") return [[kind, value]];
    return others.length === 0 ? [] : [[kind, others.length === 1 ? others[0] : others]];
  });
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

/** Whether evidence's `offender` is the principal `value`; `*` stands for every spelling of everyone. */
export function covers(offender: string, value: string): boolean {
  return offender === "*" ? isEveryone(value) : spelledOut(offender) === spelledOut(value);
}

/** AWS writes a bare account id as the ARN of the account's root. The partition is the account's in any case. */
function spelledOut(principal: string): string {
  return isAccount(principal) ? `iam::${principal}:root` : principal.replace(/^arn:aws[a-z-]*:/, "");
}

/** Whether an earlier statement let a principal do the same under the same conditions, whoever else it named. */
function letIn(earlier: Statement, statement: Statement, principal: string): boolean {
  const one = { ...normal(earlier), sid: "" };
  const other = { ...normal(statement), sid: "" };
  if (sameJson(one, other)) return true;
  return (
    earlier.principals.some(({ value, not }) => !not && covers(principal, value)) &&
    sameJson({ ...one, principals: [] }, { ...other, principals: [] })
  );
}

/** Whether two statements say the same, whatever the order and the spelling of their lists. */
/** Whether two policies say the same, in whatever spelling and order of keys. */
export function samePolicy(a: unknown, b: unknown): boolean {
  const [one, other] = [statementsOf(a), statementsOf(b)];
  return (
    one.length > 0 &&
    one.length === other.length &&
    one.every((statement, index) => {
      const same = other[index];
      return same !== undefined && sameStatement(statement, same);
    })
  );
}

function sameStatement(a: Statement, b: Statement): boolean {
  return sameJson(normal(a), normal(b));
}

function normal(statement: Statement): Fields {
  return {
    ...statement,
    index: 0,
    principals: statement.principals.map((one) => sortable({ ...one, value: spelledOut(one.value) })).sort(),
    actions: statement.actions.map((action) => action.toLowerCase()).sort(),
    notActions: statement.notActions.map((action) => action.toLowerCase()).sort(),
    resources: [...statement.resources].sort(),
    notResources: [...statement.notResources].sort(),
    conditions: statement.conditions
      .map(({ operator, key, values }) => sortable([operator, key.toLowerCase(), [...values].sort()]))
      .sort(),
  };
}

function sortable(value: unknown): string {
  return JSON.stringify(value);
}
