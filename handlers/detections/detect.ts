import { accountOf, type CloudTrailRecord, eventOf, succeeded } from "../cloudtrail/record";
import type { Wanted } from "../cloudtrail/log-file";
import type { DetectionContext, Settings, Severity } from "../settings";
import type { Detection, Match } from "./detection";
import { type Principal, principalOf } from "./readers/principal";

/** One record matched by one detection. */
export interface Hit {
  detection: Detection;
  match: Match;
  severity: Severity;
  /** Set when the record only counts towards a burst (see bursts.ts) and is no finding by itself. */
  counted?: Counted;
  /** Of detections that ask what is new (see novelty.ts): for whom it is. */
  novel?: Principal;
}

/** How a record counts towards a burst. */
export interface Counted {
  /** Who is counted: an ARN, an address, an account. */
  by: string;
  /** Which of the values must be distinct; undefined: records are counted. */
  values?: string[];
}

/** What `createDetect` uses of the settings. */
export type DetectSettings = Pick<Settings, "detections" | "context">;

/**
 * Makes the test of one record by a catalogue: an index from event to detections, so that a record of an event
 * nobody names costs one look-up. Here, and nowhere else, stands which calls a detection looks at (`outcome`).
 *
 * The test takes, besides the record, what the reader of log files says about hints (bit n for the n-th of
 * {@link wantedOf}'s): of the detections on every event, only those are asked whose hint holds. Without a second
 * argument, all of them.
 *
 * @param catalogue the detections that are on.
 */
export function createDetect(
  settings: DetectSettings,
  catalogue: Detection[],
): (record: CloudTrailRecord, hinted?: number) => Hit[] {
  const maxKnown = 10_000;
  const active = catalogue.filter((detection) => hasWhatItNeeds(detection, settings.context));
  const ofAll = onEveryEvent(active);
  const none: never[] = [];
  const byEvent = new Map<string, Detection[]>();
  for (const detection of active)
    for (const event of detection.events)
      if (event !== "*") byEvent.set(event, [...(byEvent.get(event) ?? none), detection]);
  // By source and name as records spell them, so that their event is worked out once. Bounded: both come from outside.
  const bySpelling = new Map<string, Map<string, Detection[]>>();
  let known = 0;
  const severities = new Map(Object.entries(settings.detections).map(([id, { severity }]) => [id, severity]));
  // Nearly all records belong to one account, and so to one context.
  let context: DetectionContext = { ...settings.context, account: "" };

  const named = (record: CloudTrailRecord): Detection[] => {
    const { eventSource, eventName } = record;
    if (typeof eventSource !== "string" || typeof eventName !== "string")
      return byEvent.get(eventOf(record)) ?? none;
    const before = bySpelling.get(eventSource)?.get(eventName);
    if (before !== undefined) return before;
    const found = byEvent.get(eventOf(record)) ?? none;
    if (known >= maxKnown) {
      bySpelling.clear();
      known = 0;
    }
    known++;
    const ofSource = bySpelling.get(eventSource) ?? new Map<string, Detection[]>();
    bySpelling.set(eventSource, ofSource.set(eventName, found));
    return found;
  };

  const hitsOf = (detection: Detection, record: CloudTrailRecord): Hit[] => {
    const match = detection.match(record, context) ?? null;
    if (match === null) return none;
    const configured = severities.get(detection.id);
    const novel = detection.novel === undefined ? {} : { novel: principalOf(record) };
    const burst = detection.burst ?? null;
    if (burst === null)
      return [{ detection, match, severity: configured ?? match.severity ?? detection.severity, ...novel }];
    const hits: Hit[] = [];
    const by = burst.countedBy(record, context) ?? null;
    if (by !== null) {
      const counted: Counted = { by };
      if (burst.distinct) counted.values = burst.distinct(record, context);
      hits.push({ detection, match, severity: configured ?? detection.severity, counted, ...novel });
    }
    const alone = burst.alone?.(record, context) ?? null;
    if (alone !== null) hits.push({ detection, match, severity: configured ?? alone, ...novel });
    return hits;
  };

  return (record, hinted = -1) => {
    const others = hinted === 0 ? none : ofAll.filter((_, index) => (hinted & (1 << index)) !== 0);
    const asked = others.length === 0 ? named(record) : [...named(record), ...others];
    if (asked.length === 0) return none;
    if (record.recipientAccountId !== context.account || context.account === "") {
      const account = accountOf(record);
      if (account !== context.account) context = { ...settings.context, account };
    }
    const outcome = succeeded(record) ? "success" : "failure";
    const hits: Hit[] = [];
    for (const detection of asked) {
      const wanted = detection.outcome ?? "success";
      if (wanted === "any" || wanted === outcome) hits.push(...hitsOf(detection, record));
    }
    return hits;
  };
}

/**
 * Which records the reader of log files must hand on so that these detections miss nothing.
 *
 * @param others names of events that somebody else wants to see
 */
export function wantedOf(
  detections: Detection[],
  context: DetectSettings["context"],
  others: string[] = [],
): Wanted {
  const active = detections.filter((detection) => hasWhatItNeeds(detection, context));
  const events = active.flatMap((detection) => detection.events).filter((event) => event !== "*");
  const names = events.map((event) => event.slice(event.indexOf(":") + 1));
  return {
    eventNames: [...new Set([...names, ...others])].sort(),
    onlyWith: textsInParameters(active, others),
    hints: onEveryEvent(active).map(({ hint }) => {
      if (hint?.and === undefined) return hint && { field: hint.field, texts: hint.texts };
      const { field, may } = hint.and;
      return { ...hint, and: { field, may: (value) => may(value, context) } };
    }),
  };
}

/**
 * By event name: what all detections on an event of that name have in `inParameters`, and the word by which CloudTrail says
 * that it left the parameters out. No names of which a detection, or `others`, wants every record.
 */
function textsInParameters(active: Detection[], others: string[]): Record<string, string[]> {
  const byName = new Map<string, string[] | undefined>(others.map((name) => [name, undefined]));
  for (const { events, inParameters } of active)
    for (const event of events) {
      const name = event.slice(event.indexOf(":") + 1);
      const before = byName.has(name) ? byName.get(name) : [];
      byName.set(name, before && inParameters && [...before, ...inParameters]);
    }
  const same = new Map<string, string[]>();
  const found: Record<string, string[]> = {};
  for (const [name, texts] of byName) {
    if (texts === undefined) continue;
    const all = [...new Set([...texts, "omitted"])].sort();
    const key = all.join("\n");
    found[name] = same.get(key) ?? all;
    same.set(key, found[name]);
  }
  return found;
}

/** In the order of the catalogue: their places are the numbers of their hints. */
function onEveryEvent(detections: Detection[]): Detection[] {
  return detections.filter(({ events }) => events.includes("*"));
}

function hasWhatItNeeds({ needs }: Detection, context: DetectSettings["context"]): boolean {
  return needs === undefined || context[needs].length > 0;
}
