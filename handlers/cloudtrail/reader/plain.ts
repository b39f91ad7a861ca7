import { type CloudTrailRecord, nameOf } from "../record";
import type { ValueEnd } from "./grammar";
import type { Note, Scanner } from "./scanner";
import { type EventTexts, NOT_WANTED, type WantedIndex } from "./wanted";

/** Reads one record at a time. */
export interface PlainReader {
  /** @returns what a {@link ValueEnd} returns */
  record(bytes: Buffer, from: number, end: number): number;
  /** Describes that record. */
  note: Note;
}

/**
 * The plain reader of records. Tests compare the kernel with it; and it takes over for records that the kernel does not decide,
 * and where the kernel cannot be compiled.
 */
export function createPlainReader(
  { events, hints, fields, all }: WantedIndex,
  valueEnd: ValueEnd,
): PlainReader {
  const textsOf = hints.map((hint) => hint?.texts.map(asBytes));
  let bytes: Buffer = Buffer.alloc(0);
  let keys: number[] = [];
  let start = 0;
  let stop = 0;

  /** The text after each key up to the next, byte for byte; of two equal keys, the last counts. */
  function members(): Map<string, string> {
    const values = new Map<string, string>();
    for (const [place, key] of keys.entries()) {
      const colon = valueEnd(bytes, key, stop, []);
      const name = JSON.parse(bytes.toString("utf8", key, colon)) as string;
      values.set(name, bytes.toString("latin1", colon, keys[place + 1] ?? stop - 1));
    }
    return values;
  }

  function holds(place: number, values: Map<string, string>): boolean {
    const hint = hints[place] ?? null;
    if (hint === null) return true;
    const value = values.get(hint.field);
    if (value === undefined || !textsOf[place]?.some((text) => value.includes(text))) return false;
    const other = hint.and && textIn(values.get(hint.and.field));
    return other === undefined || hint.and?.may(other) === true;
  }

  function isNamed(values: Map<string, string>): boolean {
    const name = nameOf({ eventName: textIn(values.get("eventName")) } as CloudTrailRecord);
    const texts = events.get(name);
    if (texts === undefined || texts === null) return texts === null;
    const has = (field: keyof EventTexts) =>
      texts[field].some((text) => values.get(field)?.includes(asBytes(text)));
    const parameters = values.get("requestParameters") ?? "";
    const isHidden = parameters.includes("\\") || textIn(parameters) !== undefined;
    return (
      (texts.requestParameters.length > 0 && isHidden) || has("requestParameters") || has("userIdentity")
    );
  }

  return {
    record(memory, from, end) {
      bytes = memory;
      keys = [];
      start = from;
      stop = valueEnd(bytes, from, end, keys);
      return stop;
    },
    note: {
      place: () => 0,
      from: () => start,
      end: () => stop,
      hinted() {
        if (bytes[start] !== 0x7b) return NOT_WANTED;
        const values = members();
        const name = values.get("eventName") ?? "";
        const isNameHidden = name.includes("\\") && /^[\s:]*"/.test(name);
        if (isNameHidden || fields.some((field) => values.get(field)?.includes("\\"))) return all;
        const hinted = hints.reduce(
          (bits, _, place) => (holds(place, values) ? bits | (1 << place) : bits),
          0,
        );
        return hinted === 0 && !isNamed(values) ? NOT_WANTED : hinted;
      },
      parse: () => JSON.parse(bytes.toString("utf8", start, stop)),
    },
  };
}

/** The UTF-8 of a text, one character for each byte. */
function asBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** The string after a key; undefined if the value is no string or has an escape. */
function textIn(value = ""): string | undefined {
  const text = /^[\s:]*"([^"\\]*)"/.exec(value)?.[1];
  return text === undefined ? undefined : Buffer.from(text, "latin1").toString("utf8");
}

/** Scanners that use the plain reader alone. */
export function createPlainScanners(index: WantedIndex, valueEnd: ValueEnd): () => Scanner {
  const firstCapacity = 512 * 1024;
  return () => {
    const plain = createPlainReader(index, valueEnd);
    let bytes: Buffer = Buffer.alloc(firstCapacity);
    return {
      text: 0,
      bytes: () => bytes,
      put(chunk, length) {
        if (length + chunk.length > bytes.length)
          bytes = Buffer.concat([bytes.subarray(0, length)], 2 * (length + chunk.length));
        bytes.set(chunk, length);
      },
      begin: () => undefined,
      records: (from, end) => plain.record(bytes, from, end),
      count: () => 1,
      noted: () => 1,
      note: () => plain.note,
      hasGrown: () => bytes.length > firstCapacity,
    };
  };
}
