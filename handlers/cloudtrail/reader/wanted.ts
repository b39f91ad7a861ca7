/** A field in which hints are looked for before a record is parsed. */
export type HintField =
  | "errorCode"
  | "userAgent"
  | "userIdentity"
  | "sourceIPAddress"
  | "awsRegion"
  | "readOnly";

/** What the JSON of a record must contain to be wanted, whatever its event. */
export interface FieldHint {
  field: HintField;
  /** The JSON of the field's value contains one of these, byte for byte. None is empty. */
  texts: string[];
  /** Another field, if that is a string, must pass this test too. Called once for each string. */
  and?: { field: HintField; may(value: string): boolean };
}

/** An event whose records are wanted. */
export interface WantedEvent {
  /** Without source and API date: `AttachUserPolicy`. */
  name: string;
  /**
   * Only records whose `requestParameters` contain one of these, or are a string, or have an escape. With neither this nor
   * `inIdentity`, every record of the event is wanted.
   */
  inParameters?: string[];
  /** Also records whose `userIdentity` contains one of these. */
  inIdentity?: string[];
}

/** Texts one of which a record of an event must contain, by field. */
export interface EventTexts {
  requestParameters: string[];
  userIdentity: string[];
}

/** Maximum number of {@link Wanted.hints}: each has a bit in the kernel's answer. */
export const maxHints = 31;

/** Which records a reader hands on. */
export interface Wanted {
  /** Each name once. */
  events: WantedEvent[];
  /** A record for which one of these holds is wanted; `undefined` holds for every record. At most {@link maxHints}. */
  hints: (FieldHint | undefined)[];
}

/** {@link Wanted}, prepared for looking things up. */
export interface WantedIndex {
  /** By event name, the texts one of which a record must contain; null if every record is wanted. */
  events: Map<string, EventTexts | null>;
  hints: (FieldHint | null)[];
  /** The fields that are examined. An escape in one of them may hide a hint. */
  fields: HintField[];
  /** The hints that hold for every record, and all hints: a bit for each, from 1 on. */
  always: number;
  all: number;
}

/** Instead of the hints that hold: the record is not wanted. */
export const NOT_WANTED = -1;

/** The recurring values that the kernel recognizes; it looks at these fields anyway. */
const recurring: HintField[] = ["userAgent", "userIdentity"];

export function createWantedIndex({ events, hints }: Wanted): WantedIndex {
  if (hints.length > maxHints) throw new Error(`expected at most ${maxHints} hints, found ${hints.length}`);
  const asked = hints.flatMap((hint) =>
    hint === undefined ? [] : [hint.field, ...(hint.and === undefined ? [] : [hint.and.field])],
  );
  return {
    events: new Map(events.map((event) => [event.name, textsOf(event)])),
    hints: hints.map((hint) => {
      if (hint?.and === undefined) return hint ?? null;
      const { field, may } = hint.and;
      return { ...hint, and: { field, may: remembering(may) } };
    }),
    fields: [...new Set([...recurring, ...asked])],
    always: hints.reduce((bits, hint, place) => (hint === undefined ? bits | (1 << place) : bits), 0),
    all: 2 ** hints.length - 1,
  };
}

function textsOf({ inParameters, inIdentity }: WantedEvent): EventTexts | null {
  if (inParameters === undefined && inIdentity === undefined) return null;
  return { requestParameters: inParameters ?? [], userIdentity: inIdentity ?? [] };
}

/** Calls a test once for each string, and remembers the answers; not without bound, since the strings come from outside. */
function remembering(may: (value: string) => boolean): (value: string) => boolean {
  const maxKnown = 10_000;
  const known = new Map<string, boolean>();
  return (value) => {
    const before = known.get(value) ?? null;
    if (before !== null) return before;
    const answer = may(value);
    if (known.size >= maxKnown) known.clear();
    known.set(value, answer);
    return answer;
  };
}
