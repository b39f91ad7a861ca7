import { accountOf, type CloudTrailRecord, eventOf, succeeded } from "../cloudtrail/record";
import type { Wanted } from "../cloudtrail/log-file";
import type { Settings } from "../settings";
import type { Detection, DetectionContext, Match, Severity } from "./detection";

/** One record matched by one detection. */
export interface Hit {
  detection: Detection;
  match: Match;
  severity: Severity;
  /** Set when the record only counts towards a burst (see bursts.ts) and is no finding by itself. */
  counted?: Counted;
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
 * The test takes, besides the record, what the reader of log files says about hints: the record's JSON when one may
 * stand in it, else "". Detections on every event are asked only when one of their own does; without a second
 * argument, always.
 *
 * @param catalogue the detections that are on.
 */
export function createDetect(
  settings: DetectSettings,
  catalogue: Detection[],
): (record: CloudTrailRecord, hinted?: string) => Hit[] {
  const active = catalogue.filter((detection) => hasWhatItNeeds(detection, settings.context));
  const ofAll = active.filter(({ events }) => events.includes("*"));
  const byEvent = new Map<string, Detection[]>();
  for (const detection of active)
    for (const event of detection.events)
      if (event !== "*") byEvent.set(event, [...(byEvent.get(event) ?? []), detection]);
  // Nearly all records belong to one account, and so to one context.
  let context: DetectionContext = { ...settings.context, account: "" };

  const hitsOf = (detection: Detection, record: CloudTrailRecord): Hit[] => {
    const match = detection.match(record, context);
    if (match === undefined) return [];
    const configured = Object.hasOwn(settings.detections, detection.id)
      ? settings.detections[detection.id]?.severity
      : undefined;
    const { burst } = detection;
    if (burst === undefined)
      return [{ detection, match, severity: configured ?? match.severity ?? detection.severity }];
    const hits: Hit[] = [];
    const by = burst.countedBy(record, context);
    if (by !== undefined) {
      const counted: Counted = { by };
      if (burst.distinct !== undefined) counted.values = burst.distinct(record, context);
      hits.push({ detection, match, severity: configured ?? detection.severity, counted });
    }
    const alone = burst.alone?.(record, context);
    if (alone !== undefined) hits.push({ detection, match, severity: configured ?? alone });
    return hits;
  };

  const mayMatch = ({ hints }: Detection, hinted: string) =>
    hints === undefined || hinted.includes("\\") || hints.some((hint) => hinted.includes(hint));

  return (record, hinted) => {
    const named = byEvent.get(eventOf(record)) ?? [];
    const others = hinted === undefined ? ofAll : ofAll.filter((detection) => mayMatch(detection, hinted));
    if (named.length === 0 && others.length === 0) return [];
    const account = accountOf(record);
    if (account !== context.account) context = { ...settings.context, account };
    const outcome = succeeded(record) ? "success" : "failure";
    return [...named, ...others]
      .filter((detection) => {
        const wanted = detection.outcome ?? "success";
        return wanted === "any" || wanted === outcome;
      })
      .flatMap((detection) => hitsOf(detection, record));
  };
}

/** Which records the reader of log files must hand on so that these detections miss nothing. */
export function wantedOf(detections: Detection[], context: DetectSettings["context"]): Wanted {
  const active = detections.filter((detection) => hasWhatItNeeds(detection, context));
  const events = active.flatMap((detection) => detection.events).filter((event) => event !== "*");
  return {
    eventNames: [...new Set(events.map((event) => event.slice(event.indexOf(":") + 1)))].sort(),
    hints: [...new Set(active.flatMap((detection) => detection.hints ?? []))].sort(),
  };
}

function hasWhatItNeeds({ needs }: Detection, context: DetectSettings["context"]): boolean {
  return needs === undefined || context[needs].length > 0;
}
