import type { Difference } from "../alerts/summaries";
import type { CallAws } from "../aws/call";
import { createTable, type Table } from "../aws/table";
import { canonicalJson, fieldsOf, listOf, picked, plainTextOf, sameJson, textOf } from "../json";
import type { Exception, Settings } from "../settings";
import {
  isUnreadable,
  missing,
  type OwnPartSettings,
  ownPartsOf,
  type PartState,
  stateOfParts,
} from "./own-parts";
import { createReportDifferences } from "./report-differences";

/** Compares this system's own parts with what the last `pulumi up` left. */
export interface SelfCheck {
  /**
   * Records the current state: a deployment has just ended. Anybody who may invoke the function can say so; hence it is
   * recorded once for each deployment: otherwise, what was changed since would pass for declared.
   *
   * @param remaining time left, in ms
   * @returns whether it was recorded
   */
  declare(remaining: () => number): Promise<boolean>;
  /**
   * Compares. Reading all parts takes over a hundred calls, and a burst of changes comes in many notifications; so the last reading
   * is used again if it began late enough, and not long ago.
   *
   * @param since when the calls were over whose result is wanted, in epoch ms
   * @throws a passing error of AWS
   */
  check(since: number): Promise<Checked>;
  /**
   * Compares, and reports differences once until they change, and exceptions that end soon.
   *
   * @param since when what is wanted was over, as for `check`; everything is read anew if omitted
   */
  checkAndReport(since?: number): Promise<Difference[]>;
}

/** What a comparison found. */
export interface Checked {
  differences: Difference[];
  /**
   * Whether the stack is being deployed for the first time: nothing was recorded yet, nor has an hourly check reported that
   * nothing ever was. A deployment may end right after the comparison, hence it belongs to the differences.
   */
  isFirstDeployment: boolean;
}

/** What the self-check needs. */
export interface SelfCheckDependencies {
  settings: OwnPartSettings & Pick<Settings, "deployment" | "exceptions" | "table">;
  aws: CallAws;
  /** Members without the role, whatever the last deployment left. */
  unprotected?(): Promise<Difference[]>;
  /** Publishes differences, or that there are none any more. */
  alertDifferences(differences: Difference[]): Promise<void>;
  /** Publishes exceptions that end soon. */
  alertEnding(exceptions: Exception[]): Promise<void>;
  /** Epoch ms. */
  now(): number;
  pause(ms: number): Promise<void>;
}

/** The items of the table with what a deployment left, and what was reported last. */
const declaredKey = "watch#declared";
const reportedKey = "watch#reported";

/** What repairs almost everything. */
const repair = "pulumi up --refresh";

/** A deployment records what it left; without that, it is unknown whether anything was changed. */
const undeclared: Difference = {
  part: "self-check",
  by: "deployment",
  declared: "what the last `pulumi up` left",
  found: "nothing: the function could not record it when the stack was deployed",
  means: "from now on a change of this system's own parts may go unseen",
  repair,
};

/** Characters of a state in a difference. */
const maxShown = 300;

/** A new role may not be fully known to IAM yet: how often, and how long, a deployment waits for that. */
const patience = { tries: 6, pauseMs: 5_000, reserveMs: 60_000 };

/** How long a reading may be used, in ms: an alert says what is so now. */
const maxReadingMs = 60_000;

/** No reading began so late: everything is read anew. */
const anew = Number.POSITIVE_INFINITY;

/** How long before its end an exception is reported, in ms: fixes that it holds back start then. */
const soonMs = 7 * 86_400_000;

type States = Record<string, PartState>;

/** Creates the self-check. */
export function createSelfCheck(dependencies: SelfCheckDependencies): SelfCheck {
  const { settings, aws, unprotected, alertDifferences, alertEnding, now, pause } = dependencies;
  const table = createTable(aws, settings);

  const keep = async (states: States, texts: Record<string, string> = {}): Promise<void> => {
    const kept = { states: JSON.stringify(states), at: new Date(now()).toISOString(), ...texts };
    await table.update(declaredKey, {
      set: Object.fromEntries(Object.entries(kept).map(([name, S]) => [name, { S }])),
    });
  };

  let lastReading: { began: number; states: Promise<States> } | undefined;

  const statesSince = (since: number): Promise<States> => {
    const began = now();
    const oldest = Math.max(since, began - maxReadingMs);
    if (lastReading !== undefined && lastReading.began >= oldest) return lastReading.states;
    const reading = { began, states: stateOfParts(settings, aws) };
    lastReading = reading;
    reading.states.catch(() => {
      if (lastReading === reading) lastReading = undefined;
    });
    return reading.states;
  };

  const declare = async (remaining: () => number): Promise<boolean> => {
    let states = await statesSince(anew);
    for (let left = patience.tries; left > 0 && hasUnreadable(states); left--) {
      if (remaining() < patience.reserveMs) break;
      await pause(patience.pauseMs);
      states = await statesSince(anew);
    }
    const deployment = deploymentIn(states, settings.deployment);
    if (deployment !== undefined && deployment === (await table.get(declaredKey)).deployment?.S) return false;
    // A deployment that could not read everything may be recorded again.
    await keep(states, deployment === undefined || hasUnreadable(states) ? {} : { deployment });
    return true;
  };

  const compared = async (since: number): Promise<Checked & { declared?: States; found?: States }> => {
    const declared = await declaredStates(table);
    if (declared === undefined) {
      const isFirstDeployment = (await table.get(reportedKey)).differences === undefined;
      return { differences: [undeclared], isFirstDeployment };
    }
    const found = await statesSince(since);
    const meansOf = new Map(ownPartsOf(settings).map(({ name, means }) => [name, means]));
    const differences = differencesOf(declared, found).map((one) => withAdvice(one, meansOf));
    const alone = (await unprotected?.()) ?? [];
    return {
      differences: [...differences, ...unheard(found, settings), ...alone],
      isFirstDeployment: false,
      declared,
      found,
    };
  };

  const reportDifferences = createReportDifferences(table, reportedKey, alertDifferences);

  const reportEnding = async (): Promise<void> => {
    const ending = settings.exceptions.filter((exception) => endsSoon(exception, now()));
    if (ending.length === 0) return;
    const { ending: before } = await table.get(reportedKey);
    const known = listOf(JSON.parse(before?.S ?? "[]"));
    const fresh = ending.filter((exception) => !known.includes(canonicalJson(exception)));
    if (fresh.length === 0) return;
    await alertEnding(fresh);
    await table.update(reportedKey, {
      set: { ending: { S: JSON.stringify(ending.map((one) => canonicalJson(one))) } },
    });
  };

  const checkAndReport = async (since = anew): Promise<Difference[]> => {
    const { differences, declared, found } = await compared(since);
    await reportDifferences(differences);
    await reportEnding();
    const confirmed = declared && found && newlyConfirmed(declared, found);
    if (confirmed !== undefined) await keep(confirmed);
    return differences;
  };

  return { declare, check: compared, checkAndReport };
}

/** What the last deployment left; undefined if it could not be recorded. */
export async function declaredStates(table: Pick<Table, "get">): Promise<States | undefined> {
  const { states } = await table.get(declaredKey);
  return states?.S === undefined ? undefined : (JSON.parse(states.S) as States);
}

/** Which deployment left the function as it is: by its configuration and its code. */
function deploymentIn(states: States, configuration: string | undefined): string | undefined {
  if (configuration === undefined) return undefined;
  const code = Object.values(states).map(({ GetFunctionConfiguration }) =>
    plainTextOf(fieldsOf(GetFunctionConfiguration).CodeSha256),
  );
  return [configuration, ...code.filter((sha256) => sha256 !== "")].join("/");
}

/** The differences, part by part. */
export function differencesOf(declared: States, found: States): Omit<Difference, "means" | "repair">[] {
  return Object.entries(declared).flatMap(([part, state]) =>
    Object.entries(state)
      .map(([by, was]) => ({ part, by, was, is: fieldsOf(found[part])[by] }))
      .filter(({ was, is }) => isUnreadable(is) || !sameJson(was, is))
      .map(({ by, was, is }) => {
        const [declared, found] = onlyDifferent(was, is);
        return { part, by, declared: shown(declared), found: shown(found) };
      }),
  );
}

/** Of two states with members, those that differ: a rule that was disabled need not show its long pattern. */
function onlyDifferent(was: unknown, is: unknown): [unknown, unknown] {
  const [before, after] = [fieldsOf(was), fieldsOf(is)];
  const different = Object.keys({ ...before, ...after }).filter(
    (name) => !sameJson(before[name], after[name]),
  );
  return before === was && after === is ? [picked(before, different), picked(after, different)] : [was, is];
}

function withAdvice(
  difference: Omit<Difference, "means" | "repair">,
  meansOf: Map<string, string>,
): Difference {
  const means = meansOf.get(difference.part) ?? "from now on this system may not work as it should";
  return { ...difference, means, repair: repairOf(difference) };
}

/**
 * Pulumi's AWS provider does not notice that a function's code was replaced: it reads back the hash that it wrote itself. It
 * does recreate a function that is gone.
 */
function repairOf({ part, by, declared, found }: Omit<Difference, "means" | "repair">): string {
  const isCode = by === "GetFunctionConfiguration" && codeIn(declared) !== codeIn(found);
  if (!isCode || codeIn(found) === undefined) return repair;
  return `aws lambda delete-function --function-name ${part.replace("function ", "")} && ${repair}`;
}

function codeIn(state: string): string | undefined {
  return /"CodeSha256":"([^"]+)"/.exec(state)?.[1];
}

/** Alerts that nobody receives are worth nothing: a subscription must be confirmed, or the findings bus post them somewhere. */
function unheard(found: States, { alertTopicArn }: OwnPartSettings): Difference[] {
  const part = `topic ${alertTopicArn.split(":").at(-1) ?? ""}`;
  const state = fieldsOf(found[part]);
  if (isUnreadable(state.ListSubscriptionsByTopic)) return [];
  if (Object.keys(state).some((by) => by.startsWith("GetSubscriptionAttributes "))) return [];
  if (Object.values(found).some(postsSomewhere)) return [];
  return [
    {
      part,
      by: "ListSubscriptionsByTopic",
      declared: "at least one confirmed subscriber",
      found: "none",
      means: "alerts reach nobody",
      repair:
        "confirm a subscription (each subscriber was sent a mail or a request), or add one to `subscribers`",
    },
  ];
}

/** Whether a part of the findings bus has an API destination that is in use. */
function postsSomewhere(state: unknown): boolean {
  return Object.entries(fieldsOf(state)).some(
    ([by, is]) => by.startsWith("DescribeApiDestination ") && fieldsOf(is).ApiDestinationState === "ACTIVE",
  );
}

/**
 * What a deployment left, with subscriptions that were confirmed since: their settings can be seen only now. Undefined if
 * there are none.
 */
function newlyConfirmed(declared: States, found: States): States | undefined {
  let isNew = false;
  const states: States = {};
  for (const [part, state] of Object.entries(declared)) {
    const subscribers = listOf(fieldsOf(fieldsOf(state).ListSubscriptionsByTopic).subscribers);
    const confirmed = Object.entries(fieldsOf(found[part])).filter(
      ([by, is]) =>
        by.startsWith("GetSubscriptionAttributes ") &&
        !Object.hasOwn(state, by) &&
        !isUnreadable(is) &&
        is !== missing &&
        subscribers.includes(by.slice(by.indexOf(" ") + 1)),
    );
    if (confirmed.length > 0) isNew = true;
    states[part] = { ...state, ...Object.fromEntries(confirmed) };
  }
  return isNew ? states : undefined;
}

function hasUnreadable(states: States): boolean {
  return Object.values(states).some((state) => Object.values(state).some(isUnreadable));
}

function endsSoon({ until }: Exception, now: number): boolean {
  const end = Date.parse(textOf(until) ?? "");
  return end > now && end - now < soonMs;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= maxShown ? text : `${text.slice(0, maxShown - 1)}…`;
}
