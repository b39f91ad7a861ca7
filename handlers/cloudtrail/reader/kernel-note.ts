import { type Fields } from "../../json";
import { type CloudTrailRecord, nameOf } from "../record";
import { fieldNumbers } from "./kernel-memory";
import {
  ARE_PARAMETERS_HIDDEN,
  FIELD_BYTES,
  IS_HIDDEN,
  IS_NAME_UNSURE,
  NOTE_BYTES,
  NOTE_COMMA,
  NOTE_END,
  NOTE_FIELDS,
  NOTE_FLAGS,
  NOTE_FROM,
  NOTE_HASH,
  NOTE_HINTS,
  NOTE_IDENTITY,
  NOTE_NAME,
  NOTE_PLACE,
  NOTE_TAIL,
  NOTES,
  USER_IDENTITY,
} from "./layout";
import type { Note } from "./scanner";
import { type HintField, NOT_WANTED, type WantedIndex } from "./wanted";

/** The kernel's memory, as bytes and as words; other objects after it grew. */
export interface KernelMemory {
  bytes: Buffer;
  words: Int32Array;
}

/** Of wanted names the hints about parameters of which one must hold, as bits; -1 where none must. */
export interface BitsOfNames {
  byName: Map<string, number>;
  /** Of two names with the same hash, the bits of both. */
  byHash: Map<number, number>;
}

/** A note of the kernel's: of the one that it was turned to last. */
export interface KernelNote extends Note {
  turnTo(index: number): void;
}

/** Makes what reads the kernel's notes. */
export function createKernelNote(memory: KernelMemory, index: WantedIndex, bitsOf: BitsOfNames): KernelNote {
  const maxSeen = 1000;
  const { hints, always, all } = index;
  /** What came again, by the numbers that the kernel gave it. */
  const seen = new Map<number, Fields>();
  let note = NOTES;

  const word = (offset: number) => memory.words[(note + offset) >> 2] as number;
  const has = (flag: number) => (word(NOTE_FLAGS) & flag) !== 0;

  /** The text that is the value at `from`, behind its key; null when it is no text, has an escape, or is not there. */
  function textAt(from: number): string | null {
    if (from === 0) return null;
    const { bytes } = memory;
    // The grammar was checked: between key and value there are a colon and blanks alone.
    let opening = from;
    while ((bytes[opening] as number) <= 0x20 || bytes[opening] === 0x3a) opening += 1;
    if (bytes[opening] !== 0x22) return null;
    const value = bytes.toString("utf8", opening + 1, bytes.indexOf(0x22, opening + 1));
    return value.includes("\\") ? null : value;
  }

  const textOf = (field: HintField | "requestParameters") =>
    textAt(word(NOTE_FIELDS + fieldNumbers[field] * FIELD_BYTES));

  /** Of the hints whose texts stand in the record, those that hold. */
  function confirmed(found: number): number {
    let holding = found;
    for (let place = 0; place < hints.length; place += 1) {
      const and = hints[place]?.and ?? null;
      if (and === null || (found & (1 << place)) === 0) continue;
      const value = textOf(and.field);
      // What is not a text may hold: whoever parses it decides.
      if (value !== null && !and.may(value)) holding &= ~(1 << place);
    }
    return holding;
  }

  /** Whether the record may be wanted by its name. */
  function mayBeNamed(): boolean {
    const bits = has(IS_NAME_UNSURE) ? bitsOfName() : (bitsOf.byHash.get(word(NOTE_HASH)) ?? 0);
    if (bits === 0 || bits === -1 || (word(NOTE_HINTS) & bits) !== 0) return bits !== 0;
    return has(ARE_PARAMETERS_HIDDEN) || textOf("requestParameters") !== null;
  }

  /** By the name itself: an API date behind it is in the hash, too. */
  function bitsOfName(): number {
    const eventName = textAt(word(NOTE_NAME));
    return eventName === null ? 0 : (bitsOf.byName.get(nameOf({ eventName } as CloudTrailRecord)) ?? 0);
  }

  const parsed = (from: number, end: number): unknown => JSON.parse(memory.bytes.toString("utf8", from, end));

  /** What has a number: parsed when it is met first. */
  function seenBefore(number: number, parse: () => unknown): Fields {
    const known = seen.get(number);
    if (known !== undefined) return known;
    if (seen.size >= maxSeen) seen.clear();
    const value = parse() as Fields;
    seen.set(number, value);
    return value;
  }

  /** Parses a record but for its identity and tail, where these were seen before. */
  function parse(): unknown {
    const { bytes } = memory;
    const from = word(NOTE_FROM);
    const end = word(NOTE_END);
    const identity = word(NOTE_IDENTITY);
    const comma = word(NOTE_COMMA);
    // What comes behind the tail may take back what is in it.
    const tail = word(NOTE_TAIL + 4) === end - 1 && bytes[comma] === 0x2c ? word(NOTE_TAIL) : 0;
    if (identity === 0 && tail === 0) return parsed(from, end);
    let start = from;
    let before = "";
    if (identity !== 0) {
      before = `${bytes.toString("utf8", from, identityAt())}:null`;
      start = word(NOTE_IDENTITY + 4);
    }
    const rest = bytes.toString("utf8", start, tail === 0 ? end - 1 : comma);
    const record = JSON.parse(`${before}${rest}}`) as Fields;
    if (identity !== 0)
      record.userIdentity = seenBefore(identity, () => parsed(identityAt() + 1, word(NOTE_IDENTITY + 4)));
    if (tail === 0) return record;
    const fields = seenBefore(tail, () => JSON.parse(`{${bytes.toString("utf8", comma + 1, end)}`));
    // An assignment would change the record's prototype, and JSON.parse does not.
    if (Object.hasOwn(fields, "__proto__")) return parsed(from, end);
    for (const field in fields) record[field] = fields[field];
    return record;
  }

  const identityAt = () => word(NOTE_FIELDS + USER_IDENTITY * FIELD_BYTES);

  return {
    turnTo(index) {
      note = NOTES + index * NOTE_BYTES;
    },
    place: () => word(NOTE_PLACE),
    from: () => word(NOTE_FROM),
    end: () => word(NOTE_END),
    hinted() {
      if (has(IS_HIDDEN)) return all;
      const found = word(NOTE_HINTS) & all;
      const hinted = always | (found === 0 ? 0 : confirmed(found));
      return hinted === 0 && !mayBeNamed() ? NOT_WANTED : hinted;
    },
    parse,
  };
}
