import { INCOMPLETE, type ValueEnd } from "./grammar";
import { fieldNumbers, type KernelHint, needlesOf, putHints, putKeys, putName } from "./kernel-memory";
import { type BitsOfNames, createKernelNote } from "./kernel-note";
import { kernelWasm } from "./kernel-wasm";
import { BLANK, BLOCK, COUNT, NOTED, OUT_OF_TEXT, STOPPED } from "./layout";
import { createPlainReader } from "./plain";
import type { Scanner } from "./scanner";
import type { HintField, WantedIndex } from "./wanted";

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
 * Compiles the kernel once and makes as many scanners as are needed, each with its own memory (layout.ts). What the kernel
 * leaves goes to the plain reader.
 *
 * @throws Error where WebAssembly, or its vectors of 128 bits, cannot be compiled
 */
export function createKernelScanners(
  index: WantedIndex,
  valueEnd: ValueEnd,
  maxRecordBytes: number,
): () => Scanner {
  const pageBytes = 65536;
  const firstCapacity = 8 * pageBytes;
  const kernel = new WebAssembly.Module(Buffer.from(kernelWasm, "base64"));
  const { hints, bitsOf, fields } = hintsOf(index);
  const { needles, end: listsEnd } = needlesOf(hints);
  const text = Math.ceil(listsEnd / BLOCK) * BLOCK;
  const pagesFor = (capacity: number) => Math.ceil((text + 2 * (capacity + BLOCK)) / pageBytes);

  return function createKernelScanner() {
    const memory = new WebAssembly.Memory({ initial: pagesFor(firstCapacity) });
    const { records, hashOf } = new WebAssembly.Instance(kernel, { env: { memory } })
      .exports as unknown as Kernel;
    const viewed = { bytes: Buffer.from(memory.buffer), words: new Int32Array(memory.buffer) };
    let capacity = firstCapacity;
    let stack = text + capacity + BLOCK;
    putHints(viewed.bytes, needles);
    putKeys(viewed.bytes, fields);
    const byHash = new Map<number, number>();
    for (const [name, bits] of bitsOf) {
      const hash = hashOf(text, text + viewed.bytes.write(name, text));
      byHash.set(hash, bits | (byHash.get(hash) ?? 0));
      putName(viewed.bytes, hash);
    }
    const note = createKernelNote(viewed, index, { byName: bitsOf, byHash });
    const plain = createPlainReader(index, valueEnd);
    let notesAll = false;
    /** There are blanks between the tokens of this text: where there is one there are many. */
    let isSpaced = false;
    /** The record that comes next is not all there. */
    let isOut = false;
    /** The plain reader went over the last record. */
    let isByPlain = false;

    const word = (address: number) => viewed.words[address >> 2] as number;

    const go = (from: number, end: number) =>
      records(from, end, stack, notesAll ? 1 : 0, isSpaced ? 1 : 0, maxRecordBytes);

    function grow(needed: number): void {
      while (capacity < needed) capacity *= 2;
      memory.grow(Math.max(0, pagesFor(capacity) - viewed.bytes.length / pageBytes));
      viewed.bytes = Buffer.from(memory.buffer);
      viewed.words = new Int32Array(memory.buffer);
      stack = text + capacity + BLOCK;
    }

    return {
      text,
      bytes: () => viewed.bytes,
      put(chunk, length) {
        const end = length + chunk.length;
        if (end > capacity) grow(end);
        viewed.bytes.set(chunk, text + length);
        viewed.bytes.fill(0, text + end, text + end + BLOCK);
        isOut = false;
      },
      begin(all) {
        notesAll = all;
        isSpaced = false;
        isOut = false;
      },
      records(from, end) {
        isByPlain = false;
        if (isOut) return INCOMPLETE;
        let next = go(from, end);
        if (word(STOPPED) === BLANK) isSpaced = true;
        if (next === from && word(STOPPED) === BLANK) next = go(from, end);
        isOut = word(STOPPED) === OUT_OF_TEXT;
        if (next !== from) return next;
        if (isOut) return INCOMPLETE;
        isByPlain = true;
        return plain.record(viewed.bytes, from, end);
      },
      count: () => (isByPlain ? 1 : word(COUNT)),
      noted: () => (isByPlain ? 1 : word(NOTED)),
      note(index) {
        if (isByPlain) return plain.note;
        note.turnTo(index);
        return note;
      },
      hasGrown: () => capacity > firstCapacity,
    };
  };
}

/** What the kernel looks for: the hints, and behind them the texts in parameters; and which of the latter each name wants. */
function hintsOf({ events, hints, fields }: WantedIndex): {
  hints: KernelHint[];
  bitsOf: BitsOfNames["byName"];
  fields: (HintField | "requestParameters")[];
} {
  const everyTime = -1;
  const keyOf = (texts: string[]) => JSON.stringify(texts);
  const groups = [...new Set([...events.values()].flatMap((texts) => (texts === null ? [] : keyOf(texts))))];
  // Of those for which no bit is left, every record is wanted.
  const inParameters = groups.slice(0, 31 - hints.length);
  const bitsFor = (texts: string[]) => {
    const place = inParameters.indexOf(keyOf(texts));
    return place < 0 ? everyTime : 1 << (hints.length + place);
  };
  return {
    hints: [
      ...hints.map((hint) => ({ field: fieldNumbers[hint?.field ?? "errorCode"], texts: hint?.texts ?? [] })),
      ...inParameters.map((key) => ({
        field: fieldNumbers.requestParameters,
        texts: JSON.parse(key) as string[],
      })),
    ],
    fields: inParameters.length === 0 ? fields : [...fields, "requestParameters"],
    bitsOf: new Map([...events].map(([name, texts]) => [name, texts === null ? everyTime : bitsFor(texts)])),
  };
}
