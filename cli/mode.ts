import { clean } from "../handlers/alerts/clean";
import {
  type Ceiling,
  ceilingsOf,
  everyDetection,
  holds,
  modesUpwards,
  switchKey,
} from "../handlers/findings/mode-switch";
import { breakerMs, fixOf } from "../handlers/findings/store";
import type { Mode } from "../handlers/settings";
import { didYouMean } from "../infra/checks";
import { knownIds } from "./own-catalogue";
import {
  accessStack,
  type Item,
  itemsOfTable,
  type StackAccess,
  stackOptions,
  tableOption,
} from "./stack-access";
import { type Given, type Io, type Options, usageError } from "./verb";

export const usage = "mode [off|alert|plan|fix --why TEXT] [options]";
export const summary = "Set or show the kill switch, which lowers the mode within a minute";
export const details = `Without a mode, prints what is set and which breakers are open. A mode applies to all detections, or \
to one, until it is set again or expires; it can only lower what the stack's configuration allows. "fix" puts the \
configuration back in force and closes open breakers.`;
export const options = {
  why: {
    type: "string",
    value: "TEXT",
    description: "the reason, which is recorded; required with a mode",
  },
  detection: { type: "string", value: "ID", description: "set it for this detection only" },
  until: { type: "string", value: "TIME", description: "when it expires, such as 2030-01-06T00:00Z" },
  ...stackOptions,
  ...tableOption,
} as const satisfies Options;

/** A person's setting. */
export interface Throw {
  mode: Mode;
  why: string;
  /** Id of a detection; all detections if omitted. */
  detection?: string;
  /** ISO date-time of its end. */
  until?: string;
}

/**
 * Throws the switch: running functions read it within half a minute, without a deployment. `fix` puts the stack's
 * configuration back in force and closes open breakers.
 */
export async function throwSwitch(stack: StackAccess, thrown: Throw, now: number): Promise<Ceiling> {
  const { mode, why, detection, until } = thrown;
  const { Arn } = await stack.aws({
    service: "sts",
    operation: "GetCallerIdentity",
    region: stack.region,
    input: {},
  });
  const ceiling: Ceiling = { mode, by: String(Arn), why, at: new Date(now).toISOString() };
  if (until !== undefined) ceiling.until = until;
  await update(stack, switchKey, {
    UpdateExpression: "SET #detection = :ceiling",
    ExpressionAttributeNames: { "#detection": detection ?? everyDetection },
    ExpressionAttributeValues: { ":ceiling": { S: JSON.stringify(ceiling) } },
  });
  if (mode === "fix") await closeBreakers(stack, ceiling, detection, now);
  return ceiling;
}

/** An open breaker starts counting from zero again; who closed it is recorded. */
async function closeBreakers(
  stack: StackAccess,
  { by, why, at }: Ceiling,
  of: string | undefined,
  now: number,
) {
  for (const { id, breaker } of await openBreakers(stack, now)) {
    if (of !== undefined && breaker !== of) continue;
    await update(stack, id, {
      // An invocation that is about to count a fix must read again.
      UpdateExpression:
        "SET closedAt = :at, closedBy = :by, closedWhy = :why ADD version :one REMOVE fixes, openedAt",
      ExpressionAttributeValues: {
        ":at": { S: at },
        ":by": { S: by },
        ":why": { S: why },
        ":one": { N: "1" },
      },
    });
  }
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

function update({ aws, table, region }: StackAccess, id: string, rest: Record<string, unknown>) {
  const input = { TableName: table, Key: { id: { S: id } }, ...rest };
  return aws({ service: "dynamodb", operation: "UpdateItem", region, input });
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
  const stack = await accessStack(values);
  if (thrown !== undefined) await throwSwitch(stack, thrown, now);
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
  const mode = modesUpwards.find((one) => one === asked);
  if (mode === undefined)
    throw usageError(
      `expected one of ${modesUpwards.join(", ")}, found ${JSON.stringify(asked)}${didYouMean(asked, modesUpwards)}`,
    );
  const { why, detection, until } = given;
  if (!why?.trim()) throw usageError("expected --why TEXT with the reason, for people who wonder later");
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
function checkedEnd(until: string, mode: Mode, now: number): string {
  const end = Date.parse(until);
  if (mode !== "fix" && end > now) return new Date(end).toISOString();
  throw usageError(
    `expected --until to be a future time, with a mode below fix; found ${JSON.stringify(until)}`,
  );
}
