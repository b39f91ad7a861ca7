/** Fields of a record in which hints are looked for before it is parsed. */
export type HintField =
  | "errorCode"
  | "userAgent"
  | "userIdentity"
  | "sourceIPAddress"
  | "awsRegion"
  | "readOnly";

/** What must stand in the JSON of a record for somebody to want it, whatever its event. */
export interface FieldHint {
  field: HintField;
  /** Of which one must stand in the JSON of the field's value, as raw, case-sensitive bytes; of at least one byte each. */
  texts: string[];
  /** Of another field, when that is a text: whether the record may be wanted. Asked once for each text. */
  and?: { field: HintField; may(value: string): boolean };
}

/** Records of one event that somebody wants. */
export interface WantedEvent {
  /** Without source and API date: `AttachUserPolicy`. */
  name: string;
  /**
   * Of which one must stand in the JSON of `requestParameters`, unless these are a text, or have an escape. Left out: every
   * record of the event is wanted.
   */
  inParameters?: string[];
}

/** Which records a reader hands on. */
export interface Wanted {
  /** By name, each once. */
  events: WantedEvent[];
  /** Of which any makes a record wanted, whatever its event; an undefined one makes every record wanted. 31 at the most. */
  hints: (FieldHint | undefined)[];
}

/** What a reader asks of {@link Wanted}. */
export interface WantedIndex {
  /** Of each event by its name the texts in its parameters; null: every record is wanted. */
  events: Map<string, string[] | null>;
  hints: (FieldHint | null)[];
  /** Fields that are looked at before a record is parsed: an escape in one may hide a hint. */
  fields: HintField[];
  /** Hints that hold for every record, and all hints, as bits: 1 for the first, and so on. */
  always: number;
  all: number;
}

/** Nobody wants the record: what stands where the bits of hints stand for one that is wanted. */
export const NOT_WANTED = -1;

/** Puts it where it is found fast; tests of other fields are asked once for each text. */
export function indexOf({ events, hints }: Wanted): WantedIndex {
  if (hints.length > 31) throw new Error(`expected 31 hints at the most, found ${hints.length}`);
  return {
    events: new Map(events.map(({ name, inParameters }) => [name, inParameters ?? null])),
    hints: hints.map((hint) => {
      if (hint?.and === undefined) return hint ?? null;
      const { field, may } = hint.and;
      return { ...hint, and: { field, may: remembering(may) } };
    }),
    fields: [
      ...new Set([
        // These two are the same in many records; the kernel knows them by sight.
        ...(["userAgent", "userIdentity"] as const),
        ...hints.flatMap((hint) =>
          hint === undefined ? [] : [hint.field, ...(hint.and ? [hint.and.field] : [])],
        ),
      ]),
    ],
    always: hints.reduce((bits, hint, index) => (hint === undefined ? bits | (1 << index) : bits), 0),
    all: 2 ** hints.length - 1,
  };
}

/** The same test, asked once for each text. What it remembers is bounded: texts come from outside. */
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
