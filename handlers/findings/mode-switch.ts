import type { CallAws } from "../aws/call";
import { type Attribute, type Attributes, createTable } from "../aws/table";
import { fieldsOf, plainTextOf, textOf } from "../json";
import { problemOf } from "../problem";
import { type Mode, modesUpwards } from "../settings";

/**
 * What the switch can be set to, from the least to the most that is done about a finding. It cannot go below `alert`: nobody
 * could distinguish a silenced system from one with nothing to report.
 */
export const switchModes = ["alert", "plan", "fix"] as const;

export type SwitchMode = (typeof switchModes)[number];

/** The item of the findings table that holds the switch: one attribute per detection, and one for all. */
export const switchKey = "switch";

/** The attribute of the switch that applies to every detection. */
export const everyDetection = "*";

/** The most that a person allows for a detection, or for all, whatever the stack's configuration says. */
export interface Ceiling {
  mode: SwitchMode;
  /** ARN of the person who set it. */
  by: string;
  why: string;
  /** ISO date-time. */
  at: string;
  /** ISO date-time after which the ceiling no longer applies. If omitted, it applies until somebody sets another. */
  until?: string;
}

/** What the switch says about a detection; undefined if it says nothing. */
export type CeilingOf = (detection: string) => Promise<Ceiling | undefined>;

/** What reading the switch needs. */
export interface ModeSwitchOptions {
  table: string;
  region: string;
  /** Epoch ms. */
  now(): number;
}

/**
 * How long a read is valid, in ms. Together with the time that one finding takes, it is well below the minute within which the
 * switch must take effect.
 */
const believedMs = 30_000;

/**
 * Creates the reader of the switch, which reads the table at most every 30 s. While it cannot be read, it is unknown whether a
 * fix is allowed: the error is thrown, and the finding stays open.
 */
export function createModeSwitch(aws: CallAws, options: ModeSwitchOptions): CeilingOf {
  const { now } = options;
  const table = createTable(aws, options);
  let reading: Promise<Attributes> | undefined;
  let readAt = 0;

  const item = (): Promise<Attributes> => {
    if (reading !== undefined && now() - readAt < believedMs) return reading;
    readAt = now();
    const begun = table.get(switchKey).catch((error: unknown) => {
      // The next finding asks again.
      if (reading === begun) reading = undefined;
      throw new Error(`unable to read the switch: ${problemOf(error)}`, { cause: error });
    });
    reading = begun;
    return begun;
  };

  return async (detection) => ceilingIn(await item(), detection, now());
}

/** Every ceiling in an item of the switch, by detection ID or {@link everyDetection}. */
export function ceilingsOf(item: unknown, now: number): [string, Ceiling][] {
  return Object.entries(fieldsOf(item))
    .filter(([name]) => name !== "id")
    .map(([name, value]) => [name, ceilingFrom(value) ?? unreadable(now, "what it holds is no mode")]);
}

/** A ceiling as an attribute of the switch. */
export function attributeOf(ceiling: Ceiling): Attribute {
  return { S: JSON.stringify(ceiling) };
}

/** The lowest ceiling that currently applies to a detection. */
function ceilingIn(item: unknown, detection: string, now: number): Ceiling | undefined {
  const [lowest] = ceilingsOf(item, now)
    .filter(([name]) => name === detection || name === everyDetection)
    .map(([, ceiling]) => ceiling)
    .filter((ceiling) => holds(ceiling, now))
    .sort((a, b) => switchModes.indexOf(a.mode) - switchModes.indexOf(b.mode));
  return lowest;
}

/** Whether a ceiling still applies. One whose end cannot be read does not end. */
export function holds({ until }: Ceiling, now: number): boolean {
  return until === undefined || !(Date.parse(until) <= now);
}

function ceilingFrom(attribute: unknown): Ceiling | undefined {
  try {
    const fields = fieldsOf(JSON.parse(plainTextOf(fieldsOf(attribute).S)));
    // `off` could be set before 0.3.0.
    const mode = switchModes.find((one) => one === (fields.mode === "off" ? "alert" : fields.mode));
    if (mode === undefined) return undefined;
    const until = textOf(fields.until);
    const said = { by: textOf(fields.by) ?? "", why: textOf(fields.why) ?? "", at: textOf(fields.at) ?? "" };
    return until === undefined ? { mode, ...said } : { mode, ...said, until };
  } catch {
    // Reported by whoever asked as not understood.
    return undefined;
  }
}

/** The item is not a ceiling that anybody can follow: until somebody sets it again, nothing is fixed. */
function unreadable(now: number, problem: string): Ceiling {
  const why = `the switch cannot be understood: ${problem}`;
  return { mode: "plan", by: "cloudtrailer", why, at: new Date(now).toISOString() };
}

/** The lower one of a mode and a ceiling. */
export function lowered(mode: Mode, ceiling: Ceiling | undefined): Mode {
  if (ceiling === undefined) return mode;
  return modesUpwards.indexOf(ceiling.mode) < modesUpwards.indexOf(mode) ? ceiling.mode : mode;
}
