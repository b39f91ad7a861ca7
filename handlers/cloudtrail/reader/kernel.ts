import { INCOMPLETE, type ValueEnd } from "./grammar";
import { createKernelMemory } from "./kernel-memory";
import { type BitsOfNames, createKernelNote } from "./kernel-note";
import {
  fieldNumbers,
  type KernelField,
  type KernelHint,
  needlesOf,
  putHints,
  putKeys,
  putName,
  tablesEndOf,
} from "./kernel-tables";
import { kernelWasm } from "./kernel-wasm";
import { BLANK, COUNT, NOTED, OUT_OF_TEXT, STOPPED } from "./layout";
import { createPlainReader } from "./plain";
import type { Scanner } from "./scanner";
import type { EventTexts, WantedIndex } from "./wanted";

/** What assembly/kernel.ts exports. */
interface Kernel {
  records(
    from: number,
    end: number,
    stack: number,
    all: number,
    spaced: number,
    maxRecordBytes: number,
  ): number;
  hashOf(from: number, end: number): number;
}

/**
 * Compiles the kernel once, and makes scanners that each run it in a memory of their own. Records that the kernel does not
 * decide go to the plain reader.
 *
 * @throws Error where the platform cannot compile WebAssembly with 128-bit vectors
 */
export function createKernelScanners(
  index: WantedIndex,
  valueEnd: ValueEnd,
  maxRecordBytes: number,
): () => Scanner {
  const compiled = new WebAssembly.Module(Buffer.from(kernelWasm, "base64"));
  const { hints, fields, bitsOf, ofParameters } = tablesFor(index);
  const needles = needlesOf(hints);

  return function createKernelScanner() {
    const memory = createKernelMemory(tablesEndOf(needles));
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory: memory.memory } });
    const { records, hashOf } = exports as unknown as Kernel;
    putHints(memory.bytes, needles);
    putKeys(memory.bytes, fields);
    const byHash = new Map<number, number>();
    for (const [name, bits] of bitsOf) {
      const hash = hashOf(memory.text, memory.text + memory.bytes.write(name, memory.text));
      putName(memory.bytes, hash);
      byHash.set(hash, bits | (byHash.get(hash) ?? 0));
    }
    const note = createKernelNote(memory, index, { byName: bitsOf, byHash, ofParameters });
    const plain = createPlainReader(index, valueEnd);
    let notesAll = false;
    /** This text has blanks between its tokens. Where there is one there are many. */
    let isSpaced = false;
    /** The text ends within the next record. */
    let isCut = false;
    /** The plain reader handled the last record. */
    let isPlain = false;

    const word = (address: number) => memory.words[address >> 2] as number;
    const run = (from: number, end: number) =>
      records(from, end, memory.stack, notesAll ? 1 : 0, isSpaced ? 1 : 0, maxRecordBytes);

    return {
      text: memory.text,
      bytes: () => memory.bytes,
      put(chunk, length) {
        memory.put(chunk, length);
        isCut = false;
      },
      begin(all) {
        notesAll = all;
        isSpaced = false;
        isCut = false;
      },
      records(from, end) {
        isPlain = false;
        if (isCut) return INCOMPLETE;
        let next = run(from, end);
        if (word(STOPPED) === BLANK) {
          isSpaced = true;
          if (next === from) next = run(from, end);
        }
        isCut = word(STOPPED) === OUT_OF_TEXT;
        if (next !== from) return next;
        if (isCut) return INCOMPLETE;
        isPlain = true;
        return plain.record(memory.bytes, from, end);
      },
      count: () => (isPlain ? 1 : word(COUNT)),
      noted: () => (isPlain ? 1 : word(NOTED)),
      note(index) {
        if (isPlain) return plain.note;
        note.turnTo(index);
        return note;
      },
      hasGrown: memory.hasGrown,
    };
  };
}

/**
 * What the kernel looks for: the hints under their own bits, then each distinct list of an event's texts in a field under
 * another bit. `bitsOf` has those bits by event name, or -1 for an event whose records are all wanted; `ofParameters` has those
 * of lists in parameters.
 */
function tablesFor({ events, hints, fields }: WantedIndex): {
  hints: KernelHint[];
  fields: KernelField[];
  bitsOf: BitsOfNames["byName"];
  ofParameters: number;
} {
  const lists = new Map<string, { field: keyof EventTexts; texts: string[]; bit: number }>();
  let ofParameters = 0;
  /** -1 for a list for which no bit is left: then all records of the event are handed on. */
  const bitOf = (field: keyof EventTexts, texts: string[]): number => {
    if (texts.length === 0) return 0;
    const key = JSON.stringify([field, texts]);
    const place = hints.length + lists.size;
    const known = lists.get(key) ?? (place < 31 ? { field, texts, bit: 1 << place } : undefined);
    if (known === undefined) return -1;
    lists.set(key, known);
    if (field === "requestParameters") ofParameters |= known.bit;
    return known.bit;
  };
  const bitsFor = (texts: EventTexts | null): number =>
    texts === null
      ? -1
      : bitOf("requestParameters", texts.requestParameters) | bitOf("userIdentity", texts.userIdentity);
  const bitsOf = new Map([...events].map(([name, texts]) => [name, bitsFor(texts)]));
  return {
    hints: [
      ...hints.map((hint) => ({ field: fieldNumbers[hint?.field ?? "errorCode"], texts: hint?.texts ?? [] })),
      ...[...lists.values()].map(({ field, texts }) => ({ field: fieldNumbers[field], texts })),
    ],
    fields: ofParameters === 0 ? fields : [...fields, "requestParameters"],
    bitsOf,
    ofParameters,
  };
}
