import type { FieldHint, Wanted } from "../cloudtrail/reader/index";
import type { DetectionContext } from "../settings";
import type { Detection } from "./detection";
import type { Hint } from "./hint";

type Context = Omit<DetectionContext, "account">;

/** CloudTrail writes `{"omitted":true}` for parameters that it left out. A detection must see that it cannot look. */
const leftOut = "omitted";

/**
 * Which records the reader of log files must hand on so that these detections miss nothing (hint.ts).
 *
 * @param others names of further events of which every record is needed
 */
export function wantedOf(detections: Detection[], context: Context, others: string[] = []): Wanted {
  const usable = detections.filter((detection) => hasWhatItNeeds(detection, context));
  return {
    events: wantedEvents(usable, others),
    hints: onEveryEvent(usable).map(({ hint }) => hintOf(hint, context)),
  };
}

/** Whether the stack's configuration has the list without which the detection never matches. */
export function hasWhatItNeeds({ needs }: Detection, context: Context): boolean {
  return needs === undefined || context[needs].length > 0;
}

/** The detections on every event, in the order of the catalogue: their places are the bits of their hints. */
export function onEveryEvent(detections: Detection[]): Detection[] {
  return detections.filter(({ events }) => events.includes("*"));
}

function hintOf(hint: Hint | undefined, context: Context): FieldHint | undefined {
  if (hint === undefined || hint.field === "requestParameters") return undefined;
  const { field, texts, and } = hint;
  return and === undefined
    ? { field, texts }
    : { field, texts, and: { field: and.field, may: (value) => and.may(value, context) } };
}

/** All events by name; with texts in their parameters if everything that needs an event has a hint at them. */
function wantedEvents(detections: Detection[], others: string[]): Wanted["events"] {
  const texts = new Map<string, string[] | undefined>(others.map((name) => [name, undefined]));
  for (const { events, hint } of detections)
    for (const event of events) {
      if (event === "*") continue;
      const name = event.slice(event.indexOf(":") + 1);
      const before = texts.has(name) ? texts.get(name) : [leftOut];
      texts.set(name, hint?.field === "requestParameters" && before ? [...before, ...hint.texts] : undefined);
    }
  return [...texts.keys()].sort().map((name) => {
    const inParameters = texts.get(name);
    return inParameters === undefined ? { name } : { name, inParameters: [...new Set(inParameters)].sort() };
  });
}
