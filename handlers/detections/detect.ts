import { accountOf, type CloudTrailRecord, eventOf, succeeded } from "../cloudtrail/record";
import { shownJson } from "../json";
import { ownNamesOf } from "../part-names";
import { type DetectionContext, severities, type Settings, type Severity } from "../settings";
import type { Detection, Match } from "./detection";
import { checkedMatch } from "./match";
import { hasWhatItNeeds, onEveryEvent } from "./wanted";

/** One record matched by one detection. */
export interface Hit {
  detection: Detection;
  match: Match;
  severity: Severity;
  /** Set if the record only counts towards a burst (see bursts.ts) and is not a finding by itself. */
  counted?: Counted;
}

/** How a record counts towards a burst. */
export interface Counted {
  /** The principal that is counted: an ARN, an address, an account. */
  by: string;
  /** The value that must be distinct; undefined: records are counted. */
  values?: string[];
}

/** A detection that threw. */
export interface DetectionFailure {
  detection: Detection;
  record: CloudTrailRecord;
  error: unknown;
}

/** Called for a detection that throws; the others still run. */
export type OnFailure = (failure: DetectionFailure) => void;

/** Tests one record. Without `onFailure`, a detection's error is thrown. */
export type Detect = (record: CloudTrailRecord, hinted?: number, onFailure?: OnFailure) => Hit[];

/** The settings that `createDetect` uses. */
export type DetectSettings = Pick<Settings, "detections" | "context">;

/**
 * Creates the test of one record by a catalogue: an index from event to detections, so that a record of an event that no
 * detection names costs one look-up. Only here is it decided which calls a detection sees (`outcome`).
 *
 * Besides the record, the test takes the bits of the hints that hold, from the reader of log files (wanted.ts). Of the
 * detections on every event it runs only those whose hint holds; without the second argument, all of them.
 *
 * @param catalogue the enabled detections
 */
export function createDetect(settings: DetectSettings, catalogue: Detection[]): Detect {
  const usable = catalogue.filter((detection) => hasWhatItNeeds(detection, settings.context));
  const ofAll = onEveryEvent(usable);
  const ofEvent = createOfEvent(usable);
  const contextOf = createContextOf(settings.context);
  const configured = new Map(Object.entries(settings.detections).map(([id, { severity }]) => [id, severity]));
  const none: never[] = [];

  return (record, hinted = -1, onFailure = undefined) => {
    const others = hinted === 0 ? none : ofAll.filter((_, index) => (hinted & (1 << index)) !== 0);
    const asked = others.length === 0 ? ofEvent(record) : [...ofEvent(record), ...others];
    if (asked.length === 0) return none;
    const context = contextOf(record);
    const outcome = succeeded(record) ? "success" : "failure";
    const hits: Hit[] = [];
    for (const detection of asked) {
      const wanted = detection.outcome ?? "success";
      if (wanted !== "any" && wanted !== outcome) continue;
      try {
        const match = detection.match(record, context) ?? null;
        if (match !== null)
          hits.push(...hitsOf(detection, checkedMatch(match), record, context, configured.get(detection.id)));
      } catch (error) {
        if (onFailure === undefined) throw error;
        onFailure({ detection, record, error });
      }
    }
    return hits;
  };
}

/** Creates the index from a record's event to the detections that name it. */
function createOfEvent(detections: Detection[]): (record: CloudTrailRecord) => Detection[] {
  const maxKnown = 10_000;
  const none: never[] = [];
  const byEvent = new Map<string, Detection[]>();
  for (const detection of detections)
    for (const event of detection.events)
      if (event !== "*") byEvent.set(event, [...(byEvent.get(event) ?? none), detection]);
  // By source and name as spelled in records, so that their event is computed once. Bounded, because both come from outside.
  const bySpelling = new Map<string, Map<string, Detection[]>>();
  let known = 0;

  const remember = (source: string, name: string, found: Detection[]) => {
    if (known >= maxKnown) {
      bySpelling.clear();
      known = 0;
    }
    known++;
    const ofSource = bySpelling.get(source) ?? new Map<string, Detection[]>();
    bySpelling.set(source, ofSource.set(name, found));
  };

  return (record) => {
    const { eventSource, eventName } = record;
    if (typeof eventSource !== "string" || typeof eventName !== "string")
      return byEvent.get(eventOf(record)) ?? none;
    const before = bySpelling.get(eventSource)?.get(eventName);
    if (before !== undefined) return before;
    const found = byEvent.get(eventOf(record)) ?? none;
    remember(eventSource, eventName, found);
    return found;
  };
}

/** Creates the contexts of records: one per account. Nearly all records belong to the same one. */
function createContextOf(
  settings: DetectSettings["context"],
): (record: CloudTrailRecord) => DetectionContext {
  const ownNames = ownNamesOf(settings.ownResources, settings.trail);
  let context: DetectionContext = { ...settings, ownNames, account: "" };
  return (record) => {
    if (record.recipientAccountId === context.account && context.account !== "") return context;
    const account = accountOf(record);
    if (account !== context.account) context = { ...context, account };
    return context;
  };
}

/** The hits of a match. @param configured the severity in the stack's configuration */
function hitsOf(
  detection: Detection,
  match: Match,
  record: CloudTrailRecord,
  context: DetectionContext,
  configured: Severity | undefined,
): Hit[] {
  const { burst } = detection;
  if (burst === undefined)
    return [{ detection, match, severity: configured ?? match.severity ?? detection.severity }];
  const hits: Hit[] = [];
  const by = burst.countedBy(record, context) ?? null;
  if (by !== null) {
    const counted: Counted = { by: expected(by, isText, "a text by which records are counted") };
    if (burst.distinct)
      counted.values = expected(burst.distinct(record, context), isTexts, "a list of texts to count");
    hits.push({ detection, match, severity: configured ?? detection.severity, counted });
  }
  const alone = burst.alone?.(record, context) ?? null;
  if (alone !== null) {
    const severity = expected(alone, isSeverity, "the severity of a record alone");
    hits.push({ detection, match, severity: configured ?? severity });
  }
  return hits;
}

const isText = (value: unknown) => typeof value === "string";
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const isSeverity = (value: unknown) => severities.some((one) => one === value);

/** A value that a detection returned. @throws Error if it is not what it must be */
function expected<Value>(value: Value, is: (value: unknown) => boolean, what: string): Value {
  if (!is(value)) throw new Error(`expected ${what}, found ${shownJson(value)}`);
  return value;
}
