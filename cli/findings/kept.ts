import type { Resource } from "../../handlers/detections/detection";
import type { Path } from "../../handlers/detections/finding";
import type { Seen } from "../../handlers/findings/paths";
import { itemsBetween } from "../../handlers/findings/items-between";
import { type Saids, type Verdict, verdicts } from "../../handlers/findings/said";
import { type Fields, fieldsOf, textOf } from "../../handlers/json";
import { type Severity, severities } from "../../handlers/settings";
import type { Item, StackAccess } from "../stack-access";

/** A finding in the table's index. */
export interface KeptFinding {
  /** `<eventID>#<detection id>` */
  id: string;
  detection: string;
  title: string;
  severity: Severity;
  account: string;
  region: string;
  /** ARN or name. */
  actor: string;
  event: string;
  /** ISO, UTC, as in the record. */
  eventTime: string;
  resources: Resource[];
  /** The log file. */
  source: string;
  /** `claimed`, `fixing`, `decided` or `done`. */
  state: string;
  /** `unfinished` while none is recorded: an invocation is working on it, or died. */
  outcome: string;
  reason?: string;
  /** What was or would have been done. */
  summary?: string;
  /** When it was first seen, ISO, UTC. */
  claimedAt: string;
  /** When its outcome was decided, ISO, UTC. */
  decidedAt?: string;
  rolledBack?: { at: string; by: string; why: string };
  fixedByHand?: { at: string; by: string; why: string };
  verdict?: { is: Verdict; at: string; by: string; why: string };
  /** Of old log files: which hunt found it, and who has put it into the table when. `claimedAt` is then the time of the call. */
  imported?: { hunt: string; at: string; by: string; why: string };
  /** When each path brought it, and what its record lacked. */
  seen?: Partial<Record<Path, Seen>>;
}

/**
 * The findings first seen in a period, newest first, page by page.
 *
 * @param from epoch ms @param until epoch ms
 */
export async function* findingsBetween(
  stack: StackAccess,
  from: number,
  until: number,
): AsyncGenerator<KeptFinding> {
  for await (const items of itemsBetween(stack, from, until))
    for (const item of items) yield keptOf(item as Item);
}

/** A finding from its item. Whatever this version does not write is read as empty. */
export function keptOf(item: Item): KeptFinding {
  const text = (name: string) => item[name]?.S;
  const id = text("id") ?? "";
  const about = fieldsOf(parsed(text("about")));
  const said = (name: string) => textOf(about[name]) ?? "";
  const kept: KeptFinding = {
    id,
    detection: textOf(about.detection) ?? id.slice(id.lastIndexOf("#") + 1),
    title: said("title"),
    severity: severityOf(text("severity") ?? said("severity")),
    account: said("account"),
    region: said("region"),
    actor: said("actor"),
    event: said("event"),
    eventTime: said("eventTime"),
    resources: resourcesOf(about.resources),
    source: said("source"),
    state: text("state") ?? "",
    outcome: text("outcome") ?? "unfinished",
    claimedAt: text("claimedAt") ?? "",
  };
  for (const name of ["reason", "summary", "decidedAt"] as const) {
    const value = text(name);
    if (value !== undefined) kept[name] = value;
  }
  const seen = seenIn(about.seen);
  if (seen !== undefined) kept.seen = seen;
  const at = text("rolledBackAt");
  if (at !== undefined)
    kept.rolledBack = { at, by: text("rolledBackBy") ?? "", why: text("rolledBackWhy") ?? "" };
  return { ...kept, ...saidIn(about) };
}

/** From the call to another moment of its finding, in seconds; undefined if either is unknown. */
export function secondsFromCall(
  { eventTime }: Pick<KeptFinding, "eventTime">,
  to?: string,
): number | undefined {
  const seconds = Math.round((Date.parse(to ?? "") - Date.parse(eventTime)) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

/** What people have said about a finding. */
function saidIn(about: Fields): Pick<KeptFinding, "fixedByHand" | "imported" | "verdict"> {
  const said = (name: keyof Saids | "imported") => {
    const { at, by, why } = fieldsOf(about[name]);
    return { at: textOf(at) ?? "", by: textOf(by) ?? "", why: textOf(why) ?? "" };
  };
  const fixedByHand = said("fixedByHand");
  const imported = { hunt: textOf(fieldsOf(about.imported).hunt) ?? "", ...said("imported") };
  const is = verdicts.find((one) => one === fieldsOf(about.verdict).is);
  return {
    ...(fixedByHand.at === "" ? {} : { fixedByHand }),
    ...(imported.hunt === "" ? {} : { imported }),
    ...(is === undefined ? {} : { verdict: { is, ...said("verdict") } }),
  };
}

function seenIn(value: unknown): KeptFinding["seen"] {
  const found: NonNullable<KeptFinding["seen"]> = {};
  for (const path of ["event", "logFile"] as const) {
    const { at, lacks } = fieldsOf(fieldsOf(value)[path]);
    const fields = Array.isArray(lacks) ? lacks.filter((one) => typeof one === "string") : [];
    if (typeof at === "string") found[path] = fields.length === 0 ? { at } : { at, lacks: fields };
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

function severityOf(text: string): Severity {
  return severities.find((one) => one === text) ?? "info";
}

function resourcesOf(value: unknown): Resource[] {
  if (!Array.isArray(value)) return [];
  return value.map((one) => {
    const { type, id } = fieldsOf(one);
    return { type: textOf(type) ?? "", id: textOf(id) ?? "" };
  });
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
