import type { Call } from "../../aws/call";
import { type Fields, fieldsOf, listOf, plainTextOf, textOf, sameJson } from "../../json";
import type { Evidence } from "../../detections/detection";
import type { Finding } from "../../detections/finding";
import {
  documentOf,
  evidenceOfOpenings,
  isEveryone,
  type Opening,
  type OpeningOptions,
  openingsOf,
  type Statement,
  statementsOf,
} from "../../detections/readers/policy";
import { isAccount } from "../../detections/readers/principal";
import { defaultSettings } from "../../settings";
import type { NoPlan, Plan, PlanContext } from "../remediation";
import { alreadyOk, changedSince, refused } from "./outcomes";

/** A live policy without the openings of an event. */
export interface Closed {
  /** Those that the event's policy lets in were let in by the previous policy, too. */
  asBefore?: boolean;
  /** The statements that were dropped or shortened, by Sid or index from 0. None: there is nothing to do. */
  closed: string[];
  /** The offending Sids whose statements have changed since. */
  rewritten: string[];
  /** The denials that exempt only the offenders, so that removing those would leave nothing. */
  unclosable: string[];
  /** The policy to set instead; undefined if no statement is left. */
  policy?: string;
}

/** The plan that replaces the live policy with one without its openings, or why there is none. */
export function planClosing(
  closed: Closed,
  about: {
    /** Whose policy: `the bucket data`. */
    whose: string;
    /** The current policy; undefined if there is none. */
    live: string | undefined;
    /** The call that sets a policy. */
    put(policy: string): Call;
    /** The call that removes the policy. */
    remove(): Call;
  },
): Plan | NoPlan {
  const { whose, live, put, remove } = about;
  if (live === undefined) return alreadyOk(`${whose} has no policy`);
  if (closed.unclosable.length > 0)
    return refused(
      `the statement ${closed.unclosable.join(", ")} of the policy of ${whose} denies everybody but those that the event let in: a person must say whom it should exempt`,
    );
  if (closed.closed.length > 0)
    return {
      summary: `Remove what the event opened from the policy of ${whose} (statement ${closed.closed.join(", ")})`,
      calls: [closed.policy === undefined ? remove() : put(closed.policy)],
      rollback: [put(live)],
    };
  if (closed.asBefore === true) return alreadyOk(`the policy of ${whose} let in the same before the event`);
  return closed.rewritten.length > 0
    ? changedSince(`the statement ${closed.rewritten.join(", ")} of the policy of ${whose} was rewritten`)
    : alreadyOk(`the policy of ${whose} no longer has what the event wrote`);
}

/** Whom a statement lets in, as in the evidence from `evidenceOfOpenings`. */
interface Offender {
  principal: string;
  /** The values of conditions that name them, by key; none if they are the principal. */
  conditions: Record<string, string[]>;
  /** The whole statement is theirs: nothing in it that names them can be removed. */
  whole?: true;
}

/** An offender in a statement of the event's policy. */
interface Offense {
  statement: Statement;
  offender: Offender;
  /** Whom an opening lets in; undefined if the policy is no longer read as in the finding. */
  to: string | undefined;
}

/** The openings of a policy in any form that `statementsOf` reads. */
export type ReadOpenings = (policy: unknown) => Opening[];

/** Reads openings as seen from the account of a finding. */
export function openingsReader(
  { account }: Finding,
  context: PlanContext | undefined,
  options?: OpeningOptions,
): ReadOpenings {
  const configured = (context?.settings ?? defaultSettings).context;
  return (policy) => openingsOf(statementsOf(policy), { ...configured, account }, options);
}

/** What {@link withoutOpenings} needs; policies are in any form that `statementsOf` reads. */
export interface ClosingOf {
  /** The current policy. */
  live: unknown;
  /** The policy in the event's record. */
  written: unknown;
  /** From `evidenceOfOpenings`. */
  evidence: Evidence[];
  /** The policy before the event, if known: those it let in stay. */
  before: unknown;
  read: ReadOpenings;
}

/**
 * Removes from a live policy what an event's policy opened: the principals and condition values that the evidence names, from
 * the statements that the event wrote. A statement that names nobody else is removed as a whole, because without its
 * condition it would let in more. All other text stays as it is. A denial is only ever widened.
 */
export function withoutOpenings({ live, written, evidence, before, read }: ClosingOf): Closed {
  const offenses = offensesIn(written, evidence, read);
  const offending = offenses.flatMap(createAdded(written, before, read));
  if (offenses.length > 0 && offending.length === 0)
    return { closed: [], rewritten: [], unclosable: [], asBefore: true };
  const offendersOf = (statement: Statement) =>
    offending.flatMap((one) => (sameStatement(one.statement, statement) ? [one.offender] : []));
  const closed = closing(live, offendersOf);
  const left = statementsOf(closing(written, offendersOf).policy);
  const sids = offending.flatMap(({ statement: { sid } }) => (sid === undefined ? [] : [sid]));
  const rewritten = statementsOf(live).flatMap((statement) => {
    const { sid } = statement;
    if (sid === undefined || !sids.includes(sid) || closed.closed.includes(sid)) return [];
    // Shortened like the fix does, it is either the state before the event or the state after the fix.
    return left.some((one) => sameStatement(one, statement)) ? [] : [sid];
  });
  return { ...closed, rewritten };
}

/**
 * What the evidence names, and what would still let in the same without that. Evidence names only once those who are let in
 * both by a value of one statement and by the exemption of another, and does not name those who are let in as everyone.
 */
function offensesIn(written: unknown, evidence: Evidence[], read: ReadOpenings): Offense[] {
  const statements = statementsOf(written);
  const offenseIn = (value: unknown, index: number | undefined, to: string | undefined): Offense[] => {
    const statement = statements.find((one) => one.index === index);
    const offender = offenderIn(value);
    return statement === undefined || offender === undefined ? [] : [{ statement, offender, to }];
  };
  const offensesOf = (openings: Opening[], indexOf: (index: number) => number | undefined) =>
    openings.flatMap((opening) =>
      evidenceOfOpenings([opening], "policy").flatMap(({ value }) =>
        offenseIn(value, indexOf(opening.statement.index), opening.to),
      ),
    );
  const readNow = offensesOf(read(written), (index) => index);
  const offenses = evidence.flatMap(({ parameter, value }) => {
    const index = Number(/\.Statement\[(\d+)\]$/.exec(parameter)?.[1]);
    return offenseIn(value, index, undefined).map(
      (named) => readNow.find((offense) => sameOffense(offense, named)) ?? named,
    );
  });
  const named = offenses.map(({ to }) => to);
  for (;;) {
    const { policy, indexes } = closing(written, ({ index }) =>
      offenses.flatMap((one) => (one.statement.index === index ? [one.offender] : [])),
    );
    const more = offensesOf(read(policy), (index) => indexes[index]).filter(
      (offense) =>
        (named.includes(offense.to) || named.includes("everyone")) &&
        !offenses.some((one) => sameOffense(one, offense)),
    );
    if (more.length === 0) return offenses;
    offenses.push(...more);
  }
}

function sameOffense(a: Offense, b: Offense): boolean {
  return a.statement.index === b.statement.index && sameJson(a.offender, b.offender);
}

/** Determines what of an offense came with the event: nothing if the previous policy let in the same. */
function createAdded(written: unknown, before: unknown, read: ReadOpenings): (offense: Offense) => Offense[] {
  const [earlier, now] = [statementsOf(before), statementsOf(written)];
  const isIn = (statements: Statement[]) => (statement: Statement) =>
    statements.some((one) => sameStatement(one, statement));
  const isDenial = ({ effect }: Statement) => effect === "Deny";
  const keepsDenials = earlier.filter(isDenial).every(isIn(now));
  const allowed = now.filter((statement) => !isDenial(statement) && !isIn(earlier)(statement));
  const letsIn = (policy: unknown, whom: string[]) => read(policy).some(({ to }) => whom.includes(to));
  /** Whether a statement lets somebody in, whatever the others allow. */
  const letsInAlone = (allowing: Statement, to: string) => {
    const document = documentOf(written);
    const some = [allowing, ...now.filter(isDenial)].map(({ index }) => index);
    const Statement = listOf(document.Statement).filter((_, index) => some.includes(index));
    return letsIn({ ...document, Statement }, [to, "everyone"]);
  };
  return (offense) => {
    const { statement, offender, to } = offense;
    if (!earlier.some((one) => letIn(one, statement, offender))) return [offense];
    if (to === undefined) return [];
    // What was allowed before may have been denied, too.
    if (!keepsDenials && !letsIn(before, [to])) return [offense];
    if (!isDenial(statement)) return [];
    // Those whom a denial exempted before stay exempt: only what the event allows them is too much.
    return allowed
      .filter((allowing) => letsInAlone(allowing, to))
      .map((allowing) => ({
        statement: allowing,
        offender: { principal: "*", conditions: {}, whole: true },
        to,
      }));
  };
}

/**
 * The same for a statement identified only by its Sid (`AddPermission` and its label).
 *
 * @param principals account ids, or `*`
 */
export function withoutGrantees(live: unknown, sid: string, principals: string[]): Closed {
  const closed = closing(live, (statement) =>
    statement.effect === "Allow" && statement.sid === sid
      ? principals
          .filter((principal) => statement.principals.some(({ value }) => covers(principal, value)))
          .map((principal) => ({ principal, conditions: {} }))
      : [],
  );
  // A statement without them may be the fix's, or an earlier one: neither lets in those whom the event let in.
  return { ...closed, rewritten: [] };
}

function offenderIn(value: unknown): Offender | undefined {
  const { Principal, Condition } = fieldsOf(value);
  const principal = textOf(Principal);
  if (principal === undefined) return undefined;
  const conditions = Object.entries(fieldsOf(Condition)).map(([key, values]) => [
    key.toLowerCase(),
    listOf(values).map(plainTextOf),
  ]);
  return { principal, conditions: Object.fromEntries(conditions) };
}

/** A policy without offenders, and the original index of each of its statements. */
interface Shortened extends Omit<Closed, "rewritten"> {
  indexes: number[];
}

function closing(policy: unknown, offendersOf: (statement: Statement) => Offender[]): Shortened {
  const document = documentOf(policy);
  const statements = statementsOf(document);
  const closed: string[] = [];
  const unclosable: string[] = [];
  const left = listOf(document.Statement).flatMap((raw, index) => {
    const statement = statements.find((candidate) => candidate.index === index);
    const offenders = statement === undefined ? [] : offendersOf(statement);
    if (statement === undefined || offenders.length === 0) return [{ index, raw }];
    const others = withoutOffenders(fieldsOf(raw), statement.effect, offenders);
    const name = statement.sid ?? `number ${index}`;
    // Without it, the policy would let in more.
    if (others === undefined && statement.effect === "Deny") {
      unclosable.push(name);
      return [{ index, raw }];
    }
    closed.push(name);
    return others === undefined ? [] : [{ index, raw: others }];
  });
  const shortened: Shortened = { closed, unclosable, indexes: left.map(({ index }) => index) };
  if (left.length > 0)
    shortened.policy = JSON.stringify({ ...document, Statement: left.map(({ raw }) => raw) });
  return shortened;
}

/** A statement without the offenders; undefined if nobody is left, or if it names them in neither way. */
function withoutOffenders(
  raw: Fields,
  effect: Statement["effect"],
  offenders: Offender[],
): Fields | undefined {
  if (offenders.some(({ whole }) => whole)) return undefined;
  const byPrincipal = offenders.filter(({ conditions }) => Object.keys(conditions).length === 0);
  // A denial names those it exempts.
  const element = effect === "Deny" ? "NotPrincipal" : "Principal";
  const principal =
    byPrincipal.length === 0
      ? undefined
      : othersOf(
          raw[element],
          byPrincipal.map((one) => one.principal),
        );
  // Conditions and NotPrincipal let in somebody whom the principals do not name: then the whole statement is removed.
  if (byPrincipal.length > 0 && principal === undefined) return undefined;
  let condition: Fields | undefined = fieldsOf(raw.Condition);
  for (const { conditions } of offenders)
    if (condition !== undefined && Object.keys(conditions).length > 0)
      condition = withoutValues(condition, effect, conditions);
  if (condition === undefined) return undefined;
  return {
    ...raw,
    ...(byPrincipal.length === 0 ? {} : { [element]: principal }),
    ...(raw.Condition === undefined ? {} : { Condition: condition }),
  };
}

/** A Principal element without the offenders; undefined if nobody is left, or if none of them was in it. */
function othersOf(principal: unknown, offenders: string[]): Fields | undefined {
  const fields = typeof principal === "string" ? { AWS: principal } : fieldsOf(principal);
  let found = false;
  const left = Object.entries(fields).flatMap(([kind, value]) => {
    const named = listOf(value);
    const others = named.filter((one) => !offenders.some((offender) => covers(offender, plainTextOf(one))));
    if (others.length === named.length) return [[kind, value]];
    found = true;
    return others.length === 0 ? [] : [[kind, others.length === 1 ? others[0] : others]];
  });
  return found && left.length > 0 ? (Object.fromEntries(left) as Fields) : undefined;
}

/**
 * A Condition block without some values of operators that name those they let in: `StringEquals` or, in a denial,
 * `StringNotEquals`. Undefined if one of its lists would be empty.
 */
function withoutValues(
  block: Fields,
  effect: Statement["effect"],
  unwanted: Offender["conditions"],
): Fields | undefined {
  let isEmptied = false;
  const operators = Object.entries(block).map(([operator, keys]) => {
    if (/not/i.test(operator) !== (effect === "Deny")) return [operator, keys];
    const left = Object.entries(fieldsOf(keys)).map(([key, values]) => {
      const gone = Object.hasOwn(unwanted, key.toLowerCase()) ? (unwanted[key.toLowerCase()] ?? []) : [];
      const list = listOf(values);
      const others = list.filter((value) => !gone.includes(plainTextOf(value)));
      if (others.length === 0 && list.length > 0) isEmptied = true;
      return [key, others.length === list.length ? values : others];
    });
    return [operator, Object.fromEntries(left)];
  });
  return isEmptied ? undefined : (Object.fromEntries(operators) as Fields);
}

/** Whether the `offender` in the evidence is the principal `value`; `*` stands for every spelling of everyone. */
export function covers(offender: string, value: string): boolean {
  return offender === "*" ? isEveryone(value) : spelledOut(offender) === spelledOut(value);
}

/** AWS writes a bare account id as the ARN of the account's root. The partition is the account's own. */
function spelledOut(principal: string): string {
  return isAccount(principal) ? `iam::${principal}:root` : principal.replace(/^arn:aws[a-z-]*:/, "");
}

/** Whether an earlier statement let somebody do the same under the same conditions, whoever else it named. */
function letIn(earlier: Statement, statement: Statement, offender: Offender): boolean {
  return sameJson(only(earlier, offender), only(statement, offender));
}

/** A statement as if it named only one of its principals. */
function only(statement: Statement, { principal, conditions }: Offender): Fields {
  const byPrincipal = Object.keys(conditions).length === 0;
  const isDenial = statement.effect === "Deny";
  const named = statement.principals.filter(({ value, not }) => not === isDenial && covers(principal, value));
  return {
    ...normal({
      ...statement,
      principals: byPrincipal && named.length > 0 ? named.slice(0, 1) : statement.principals,
      conditions: statement.conditions.map((one) => {
        const key = one.key.toLowerCase();
        const theirs = Object.hasOwn(conditions, key) ? (conditions[key] ?? []) : undefined;
        return theirs === undefined
          ? one
          : { ...one, values: one.values.filter((value) => theirs.includes(value)) };
      }),
    }),
    sid: "",
  };
}

/** Whether two policies are equivalent, whatever their spelling and order of keys. */
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

/** Whether two statements are equivalent, whatever the order and spelling of their lists. */
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
