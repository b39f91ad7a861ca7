import { clean } from "../handlers/alerts/clean";
import {
  type Ceiling,
  ceilingsOf,
  everyDetection,
  holds,
  type SwitchMode,
  switchKey,
  switchModes,
} from "../handlers/findings/mode-switch";
import { maxWhy } from "../handlers/findings/person-request";
import { breakerMs, fixOf } from "../handlers/findings/store";
import { didYouMean } from "../infra/checks";
import { knownIds } from "./own-catalogue";
import { type AskFunction, createAskFunction } from "./ask-function";
import {
  callAwsAt,
  findStack,
  functionOption,
  type Item,
  itemsOfTable,
  namingTable,
  type StackAccess,
  stackOptions,
  tableOption,
} from "./stack-access";
import { type Given, type Io, type Options, usageError } from "./verb";

export const usage = "mode [alert|plan|fix --why TEXT] [options]";
export const summary = "Set or show the kill switch, which lowers the mode within a minute";
export const details = `Without a mode, prints what is set and which breakers are open. A mode applies to all detections, or \
to one, until it is set again or expires; it can only lower what the stack's configuration allows, and not below alert. \
"fix" puts the configuration back in force and closes open breakers. The function sets it after you have proven your \
identity, and alerts who set it and why.`;
export const options = {
  why: {
    type: "string",
    value: "TEXT",
    description: "the reason, which is recorded and alerted; required with a mode",
  },
  detection: { type: "string", value: "ID", description: "set it for this detection only" },
  until: { type: "string", value: "TIME", description: "when it expires, such as 2030-01-06T00:00Z" },
  ...stackOptions,
  ...tableOption,
  ...functionOption,
} as const satisfies Options;

/** A person's setting. */
export interface Throw {
  mode: SwitchMode;
  why: string;
  /** Id of a detection; all detections if omitted. */
  detection?: string;
  /** ISO date-time of its end. */
  until?: string;
}

/**
/**
 * Asks the function to throw the switch: running functions read it within half a minute, without a deployment. `fix` puts the
 * stack's configuration back in force and closes open breakers.
 */
export async function throwSwitch(
  stack: StackAccess,
  ask: AskFunction,
  thrown: Throw,
  now: number,
): Promise<void> {
  const { mode, detection } = thrown;
  const open = mode === "fix" ? await openBreakers(stack, now) : [];
  const close = open
    .filter(({ breaker }) => detection === undefined || breaker === detection)
    .map(({ id }) => id);
  await ask({ verb: "mode", ...thrown, ...(close.length === 0 ? {} : { close }) });
}

/** A breaker that has opened within the last hour. */
export interface OpenedBreaker {
  id: string;
  /** `account`, or a detection's id. */
  breaker: string;
  /** Whether it counts the fixes of one actor only. */
  isOfActor: boolean;
  /** ISO date-time. */
  openedAt: string;
  /** How many fixes it has counted within the last hour. */
  fixes: number;
}

/** Breakers that opened within the last hour and that nobody has closed. */
export async function openBreakers(stack: StackAccess, now: number): Promise<OpenedBreaker[]> {
  const open: OpenedBreaker[] = [];
  const items = itemsOfTable(stack, {
    FilterExpression: "begins_with(id, :breaker) AND openedAt > :since",
    ExpressionAttributeValues: { ":breaker": { S: "breaker#" }, ":since": { N: String(now - breakerMs) } },
  });
  for await (const { id, fixes, openedAt } of items)
    open.push({
      id: id?.S ?? "",
      breaker: id?.S?.split("#")[1] ?? "",
      isOfActor: id?.S?.split("#")[2] !== undefined,
      openedAt: new Date(Number(openedAt?.N)).toISOString(),
      fixes: (fixes?.SS ?? []).filter((fix) => now - fixOf(fix).at < breakerMs).length,
    });
  return open;
}

/** What the switch holds and which breakers are open, one line each. */
export async function switchLines(stack: StackAccess, now: number): Promise<string[]> {
  const input = { TableName: stack.table, Key: { id: { S: switchKey } }, ConsistentRead: true };
  const { Item: item } = await stack.aws({
    service: "dynamodb",
    operation: "GetItem",
    region: stack.region,
    input,
  });
  const ceilings = ceilingsOf(item as Item | undefined, now)
    .filter(([, ceiling]) => holds(ceiling, now))
    .map(([of, ceiling]) => lineOf(of, ceiling));
  const breakers = (await openBreakers(stack, now)).map(({ breaker, isOfActor, openedAt, fixes }) => {
    const whose = `${breaker === "account" ? "the account" : breaker}${isOfActor ? " for one actor" : ""}`;
    return `breaker of ${whose} opened at ${openedAt}: ${fixes} ${fixes === 1 ? "fix" : "fixes"} within the last hour`;
  });
  return [...(ceilings.length > 0 ? ceilings : ["the stack's configuration is in force"]), ...breakers].map(
    (line) => clean(line, 1_000),
  );
}

function lineOf(of: string, { mode, by, why, at, until }: Ceiling): string {
  const what = of === everyDetection ? "all detections" : of;
  const allowed = mode === "fix" ? "as configured" : `at most ${mode}`;
  return `${what}: ${allowed}, set at ${at}${until === undefined ? "" : ` until ${until}`} by ${by}: ${why}`;
}

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  const now = Date.now();
  const thrown = throwFrom(positionals, values, now);
  // Whoever only looks needs no function.
  const parts = thrown === undefined ? (["table"] as const) : (["table", "function"] as const);
  const found: Record<"table" | "region", string> & { function?: string } = await findStack(parts, values);
  const aws = callAwsAt(values.endpoint);
  const stack = { ...found, aws: namingTable(aws, found.table) };
  if (thrown !== undefined) {
    const { endpoint } = values;
    const ask = createAskFunction({ ...found, function: String(found.function), endpoint, aws });
    await throwSwitch(stack, ask, thrown, now);
  }
  for (const line of await switchLines(stack, now)) io.out(line);
  return 0;
}

type Details = Pick<Given<typeof options>["values"], "why" | "detection" | "until">;

/** What the arguments set; undefined if they only ask. */
function throwFrom(positionals: string[], given: Details, now: number): Throw | undefined {
  const [asked, ...more] = positionals;
  if (more.length > 0) throw usageError(`expected one mode, found ${positionals.join(" ")}`);
  if (asked === undefined) {
    expectNoDetails(given);
    return undefined;
  }
  if (asked === "off")
    throw usageError(
      "expected a mode from alert on, because a silenced system looks like one with nothing to report. " +
        "To turn off a single detection, set detections.<id>.mode to off in the configuration, and deploy",
    );
  const mode = switchModes.find((one) => one === asked);
  if (mode === undefined)
    throw usageError(
      `expected one of ${switchModes.join(", ")}, found ${JSON.stringify(asked)}${didYouMean(asked, switchModes)}`,
    );
  const { why, detection, until } = given;
  if (!why?.trim()) throw usageError("expected --why TEXT with the reason, for people who wonder later");
  if (why.length > maxWhy)
    throw usageError(`expected --why TEXT of at most ${maxWhy} characters, found ${why.length}`);
  const thrown: Throw = { mode, why };
  if (detection !== undefined) thrown.detection = checkedDetection(detection);
  if (until !== undefined) thrown.until = checkedEnd(until, mode, now);
  return thrown;
}

function expectNoDetails({ why, detection, until }: Details): void {
  const given = Object.entries({ why, detection, until }).find(([, value]) => value !== undefined);
  if (given !== undefined) throw usageError(`expected a mode to set, found --${given[0]} without one`);
}

function checkedDetection(id: string): string {
  const ids = knownIds();
  if (ids.includes(id)) return id;
  throw usageError(
    `expected --detection to be an ID from docs/detections.md, found ${JSON.stringify(id)}${didYouMean(id, ids)}`,
  );
}

/** @returns an ISO date-time */
function checkedEnd(until: string, mode: SwitchMode, now: number): string {
  const end = Date.parse(until);
  if (mode !== "fix" && end > now) return new Date(end).toISOString();
  throw usageError(
    `expected --until to be a future time, with a mode below fix; found ${JSON.stringify(until)}`,
  );
}
