import { type CloudTrailRecord, nameOf } from "../record";
import type { KernelMemory } from "./kernel-memory";
import { createParse } from "./kernel-parse";
import { fieldNumbers, type KernelField } from "./kernel-tables";
import {
  ARE_PARAMETERS_HIDDEN,
  FIELD_BYTES,
  IS_HIDDEN,
  IS_NAME_UNSURE,
  NOTE_BYTES,
  NOTE_END,
  NOTE_FIELDS,
  NOTE_FLAGS,
  NOTE_FROM,
  NOTE_HASH,
  NOTE_HINTS,
  NOTE_NAME,
  NOTE_PLACE,
  NOTES,
} from "./layout";
import type { Note } from "./scanner";
import { NOT_WANTED, type WantedIndex } from "./wanted";

/** Per wanted event name, the bits of its texts, one of which must be set; -1: every record is wanted. */
export interface BitsOfNames {
  byName: Map<string, number>;
  /** By the name's hash; names that share one share their bits. */
  byHash: Map<number, number>;
  /** The bits of texts in parameters. */
  ofParameters: number;
}

/** Shows one of the kernel's notes at a time. */
export interface KernelNote extends Note {
  turnTo(index: number): void;
}

export function createKernelNote(memory: KernelMemory, index: WantedIndex, bitsOf: BitsOfNames): KernelNote {
  const { hints, always, all } = index;
  let note = NOTES;

  const word = (offset: number) => memory.words[(note + offset) >> 2] as number;
  const has = (flag: number) => (word(NOTE_FLAGS) & flag) !== 0;

  /** The string after the key that ends at `from`; null if it is no string or has an escape, or if there is no such key. */
  function textAt(from: number): string | null {
    if (from === 0) return null;
    const { bytes } = memory;
    // The grammar is checked: only a colon and blanks stand between key and value.
    let opening = from;
    while ((bytes[opening] as number) <= 0x20 || bytes[opening] === 0x3a) opening += 1;
    if (bytes[opening] !== 0x22) return null;
    const value = bytes.toString("utf8", opening + 1, bytes.indexOf(0x22, opening + 1));
    return value.includes("\\") ? null : value;
  }

  const textOf = (field: KernelField) => textAt(word(NOTE_FIELDS + fieldNumbers[field] * FIELD_BYTES));

  /** Those of the hints found in the record that pass their test of another field. */
  function confirmed(found: number): number {
    let holding = found;
    for (let place = 0; place < hints.length; place += 1) {
      const and = hints[place]?.and ?? null;
      if (and === null || (found & (1 << place)) === 0) continue;
      const value = textOf(and.field);
      // A value that is no plain string may hold: the detection decides.
      if (value !== null && !and.may(value)) holding &= ~(1 << place);
    }
    return holding;
  }

  /** Whether the record may be wanted for its event. */
  function mayBeNamed(): boolean {
    const bits = has(IS_NAME_UNSURE) ? bitsOfName() : (bitsOf.byHash.get(word(NOTE_HASH)) ?? 0);
    if (bits === 0 || bits === -1 || (word(NOTE_HINTS) & bits) !== 0) return bits !== 0;
    if ((bits & bitsOf.ofParameters) === 0) return false;
    return has(ARE_PARAMETERS_HIDDEN) || textOf("requestParameters") !== null;
  }

  /** By the name without its API date, which the hash includes. */
  function bitsOfName(): number {
    const eventName = textAt(word(NOTE_NAME));
    return eventName === null ? 0 : (bitsOf.byName.get(nameOf({ eventName } as CloudTrailRecord)) ?? 0);
  }

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
    parse: createParse(memory, word),
  };
}
