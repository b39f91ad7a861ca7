import { valueAt } from "./readers/evidence";
import type { Answer, Ask } from "./ask";
import { accountOf, type CloudTrailRecord, eventOf, nameOf, succeeded } from "../cloudtrail/record";
import type { DetectionContext } from "../settings";
import type { DetectSettings, Hit, OnFailure } from "./detect";
import type { Detection, Match } from "./detection";
import { checkedMatch } from "./match";

/** A record about which a detection has questions. */
export interface Asked {
  detection: Detection;
  record: CloudTrailRecord;
  asks: Ask[];
}

/** The result of the answers: a hit, nothing, or why it cannot be decided. */
export type Answered = Hit | { open: string } | undefined;

/** The result of {@link createAsking}. */
export interface Asking {
  /**
   * The detections that cannot decide from the record alone, each with its questions. One that throws is passed to
   * `onFailure`; without that, its error is thrown.
   */
  askedAbout(record: CloudTrailRecord, onFailure?: OnFailure): Asked[];
  /** @param answers in the order of the questions */
  decide(asked: Asked, answers: Answer[]): Answered;
  /** The hit of a record that could not be decided: alerted, and never fixed. */
  undecided(asked: Asked, why: string): Hit;
}

/** Finds the detections that have questions about a record, and decides by the answers. */
export function createAsking(settings: DetectSettings, catalogue: Detection[]): Asking {
  const none: never[] = [];
  const byEvent = new Map<string, Detection[]>();
  for (const detection of catalogue)
    if (detection.asks !== undefined)
      for (const event of detection.events) byEvent.set(event, [...(byEvent.get(event) ?? none), detection]);
  const names = new Set([...byEvent.keys()].map((event) => event.slice(event.indexOf(":") + 1)));

  const contextOf = (record: CloudTrailRecord): DetectionContext => ({
    ...settings.context,
    account: accountOf(record),
  });

  function askedAbout(record: CloudTrailRecord, onFailure?: OnFailure): Asked[] {
    if (!names.has(nameOf(record))) return none;
    const asking = byEvent.get(eventOf(record));
    if (asking === undefined || !succeeded(record)) return none;
    const context = contextOf(record);
    return asking.flatMap((detection) => {
      try {
        if ((detection.match(record, context) ?? null) !== null) return none;
        const asks = detection.asks?.(record, context) ?? none;
        return asks.length === 0 ? none : [{ detection, record, asks }];
      } catch (error) {
        if (onFailure === undefined) throw error;
        onFailure({ detection, record, error });
        return none;
      }
    });
  }

  function decide({ detection, record }: Asked, answers: Answer[]): Answered {
    for (const answer of answers) if ("unknown" in answer) return { open: answer.unknown };
    const match = detection.match(
      record,
      contextOf(record),
      answers.map((answer) => ("value" in answer ? answer.value : undefined)),
    );
    if (match !== undefined && match !== null) return hitOf(detection, checkedMatch(match));
    return answers.some((answer) => "isPartial" in answer) ? { open: "only part of it is known" } : undefined;
  }

  function undecided({ detection, record, asks }: Asked, why: string): Hit {
    return hitOf(detection, {
      title: `Unable to decide: ${detection.title}`,
      severity: "low",
      evidence: asks.map(({ parameter }) => ({ parameter, value: valueAt(record, parameter), why })),
      resources: [],
      couldNotInspect: why,
    });
  }

  function hitOf(detection: Detection, match: Match): Hit {
    const configured = Object.hasOwn(settings.detections, detection.id)
      ? settings.detections[detection.id]?.severity
      : undefined;
    return { detection, match, severity: configured ?? match.severity ?? detection.severity };
  }

  return { askedAbout, decide, undecided };
}
