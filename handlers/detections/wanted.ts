import type { FieldHint, Wanted } from "../cloudtrail/reader/index";
import type { DetectionContext } from "../settings";
import type { Detection } from "./detection";
import type { Hint, NamedEventHint } from "./hint";

type Context = Omit<DetectionContext, "account">;

/** CloudTrail writes `{"omitted":true}` for omitted parameters. A detection must see that it cannot inspect them. */
const leftOut = "omitted";

/**
 * Which records the reader of log files must pass on so that these detections miss nothing (hint.ts).
 *
 * @param others names of further events whose records are all needed
 */
export function wantedOf(detections: Detection[], context: Context, others: string[] = []): Wanted {
  const usable = detections.filter((detection) => hasWhatItNeeds(detection, context));
  return {
    events: wantedEvents(usable, context, others),
    hints: onEveryEvent(usable).map(({ hint }) => hintOf(hint, context)),
  };
}

/** Whether the stack's configuration has the list without which the detection never matches. */
export function hasWhatItNeeds({ needs }: Detection, context: Context): boolean {
  return needs === undefined || context[needs].length > 0;
}

/** The detections on every event, in catalogue order: their positions are the bits of their hints. */
export function onEveryEvent(detections: Detection[]): Detection[] {
  return detections.filter(({ events }) => events.includes("*"));
}

function hintOf(hint: Hint | undefined, context: Context): FieldHint | undefined {
  if (hint === undefined || hint.field === "requestParameters") return undefined;
  const { field, texts } = hint;
  const and = "and" in hint ? hint.and : undefined;
  return and === undefined
    ? { field, texts }
    : { field, texts, and: { field: and.field, may: (value) => and.may(value, context) } };
}

/** All events by name; with texts in a field if everything that needs an event has a hint there. */
function wantedEvents(detections: Detection[], context: Context, others: string[]): Wanted["events"] {
  const everyRecord = null;
  const hints = new Map<string, NamedEventHint[] | null>(others.map((name) => [name, everyRecord]));
  for (const { events, hint: declared } of detections) {
    const hint = isOfNamedEvents(declared) ? withOwn(declared, context) : everyRecord;
    if (hint?.texts.length === 0) continue;
    for (const event of events) {
      if (event === "*") continue;
      const name = event.slice(event.indexOf(":") + 1);
      const before = hints.get(name);
      if (before === undefined) hints.set(name, hint === null ? everyRecord : [hint]);
      else if (hint === null) hints.set(name, everyRecord);
      else before?.push(hint);
    }
  }
  return [...hints].map(([name, some]) => (some === everyRecord ? { name } : { name, ...textsOf(some) }));
}

function isOfNamedEvents(hint: Hint | undefined): hint is NamedEventHint {
  return hint?.field === "requestParameters" || hint?.field === "userIdentity";
}

function withOwn({ field, texts, own }: NamedEventHint, context: Context): NamedEventHint {
  return { field, texts: own === undefined ? texts : [...texts, ...own(context)] };
}

function textsOf(hints: NamedEventHint[]): Omit<Wanted["events"][number], "name"> {
  const textsIn = (field: NamedEventHint["field"]) =>
    hints.flatMap((hint) => (hint.field === field ? hint.texts : []));
  const inParameters = textsIn("requestParameters");
  const inIdentity = textsIn("userIdentity");
  const asSet = (texts: string[]) => [...new Set(texts)].sort();
  return {
    ...(inParameters.length === 0 ? {} : { inParameters: asSet([leftOut, ...inParameters]) }),
    ...(inIdentity.length === 0 ? {} : { inIdentity: asSet(inIdentity) }),
  };
}
