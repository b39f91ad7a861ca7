import type { Fields } from "../../json";
import type { KernelMemory } from "./kernel-memory";
import {
  FIELD_BYTES,
  NOTE_COMMA,
  NOTE_END,
  NOTE_FIELDS,
  NOTE_FROM,
  NOTE_IDENTITY,
  NOTE_TAIL,
  USER_IDENTITY,
} from "./layout";

/**
 * Makes a parser of noted records that parses a recurring identity or tail once and shares it between records.
 *
 * @param word of the note in question, at an offset
 */
export function createParse(memory: KernelMemory, word: (offset: number) => number): () => unknown {
  const maxShared = 1000;
  /** By the numbers that the kernel gave them. */
  const shared = new Map<number, Fields>();
  const comma = 0x2c;

  const textOf = (from: number, end: number) => memory.bytes.toString("utf8", from, end);
  const identityKeyEnd = () => word(NOTE_FIELDS + USER_IDENTITY * FIELD_BYTES);

  function sharedBy(number: number, json: () => string): Fields {
    const known = shared.get(number);
    if (known !== undefined) return known;
    if (shared.size >= maxShared) shared.clear();
    const value = JSON.parse(json()) as Fields;
    shared.set(number, value);
    return value;
  }

  /** The number of the record's tail, if nothing follows it: what follows might override it. */
  function tailOf(end: number): number {
    return word(NOTE_TAIL + 4) === end - 1 && memory.bytes[word(NOTE_COMMA)] === comma ? word(NOTE_TAIL) : 0;
  }

  /** The record from `from` to `end`, but for the bracket at its end, with `null` for its identity. */
  function textWithoutIdentity(from: number, end: number): string {
    return `${textOf(from, identityKeyEnd())}:null${textOf(word(NOTE_IDENTITY + 4), end)}`;
  }

  return () => {
    const from = word(NOTE_FROM);
    const end = word(NOTE_END);
    const identity = word(NOTE_IDENTITY);
    const tail = tailOf(end);
    if (identity === 0 && tail === 0) return JSON.parse(textOf(from, end));
    const stop = tail === 0 ? end - 1 : word(NOTE_COMMA);
    const head = identity === 0 ? textOf(from, stop) : textWithoutIdentity(from, stop);
    const record = JSON.parse(`${head}}`) as Fields;
    if (identity !== 0)
      record.userIdentity = sharedBy(identity, () => textOf(identityKeyEnd() + 1, word(NOTE_IDENTITY + 4)));
    if (tail === 0) return record;
    const fields = sharedBy(tail, () => `{${textOf(stop + 1, end)}`);
    // An assignment would set the record's prototype; JSON.parse makes it a member.
    if (Object.hasOwn(fields, "__proto__")) return JSON.parse(textOf(from, end));
    for (const field in fields) record[field] = fields[field];
    return record;
  };
}
