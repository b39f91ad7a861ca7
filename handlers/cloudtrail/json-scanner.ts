import { jsonScannerWasm } from "./json-scanner-wasm";

/**
 * Goes over JSON text in a memory of its own, many bytes at a time; see assembly/json-scanner.ts.
 *
 * What is not there is null: `undefined` is a name, and in a serialized callback each name from outside of the factory
 * is searched for at each use.
 */
export interface JsonScanner {
  /** Address of the text's first byte. */
  readonly text: number;
  /** How many bytes of text there is room for. */
  capacity(): number;
  /** The memory; another object after {@link JsonScanner.put} made it larger. */
  bytes(): Buffer;
  /** Puts a chunk of text behind the `length` bytes that are there. */
  put(chunk: Uint8Array, length: number): void;
  /**
   * Goes over the value that starts at address `from`.
   * @returns the address after it; {@link INCOMPLETE} when it goes on after `end`; or -2 - the address of the byte that
   *   breaks the grammar
   */
  scan(from: number, end: number): number;
  /** Of the value that was scanned: whether a backslash is in it. What follows one was not checked. */
  hasBackslash(): boolean;
  /**
   * Of the object that was scanned: a number that is the same for the same `eventName` (as {@link JsonScanner.hashOf}
   * tells it), or null when a name cannot be told by its bytes: it may end in an API date, or is not ASCII.
   */
  nameHash(): number | null;
  hashOf(eventName: string): number | null;
  /** Of the object that was scanned: which hints stand in their fields, a bit for each, from 1 for the first. */
  hints(): number;
  /** Of the object that was scanned: the text of a field's value, when that is a string without a backslash. */
  textOf(field: HintField): string | null;
}

/** Fields of a record that can be looked at before it is parsed; assembly/json-scanner.ts has them in this order. */
export type HintField =
  | "errorCode"
  | "userAgent"
  | "userIdentity"
  | "sourceIPAddress"
  | "awsRegion"
  | "readOnly";

/** Texts that are looked for in the JSON of one field's value. */
export interface TextsInField {
  field: HintField;
  /** Of at least one byte each. */
  texts: string[];
}

/** What {@link JsonScanner.scan} answers for a value whose end has not come yet. */
export const INCOMPLETE = -1;

/**
 * Compiles the scanner once and makes as many as are needed, each with its own memory:
 *
 *     0    what `scan` tells: hash of the name, flags, hints (i32 each)
 *     12   buckets of each field with hints (a byte each)
 *     24   what `scan` tells of each field: where its value begins and ends (i32 each)
 *     80   hints: 6 tables of 16 bytes, then at 176 the addresses of 8 buckets, then the buckets
 *     …    text, and 64 zeros behind it: the kernel reads whole blocks
 *     …    as much room again, for the levels of nesting
 *
 * @param hints 31 at the most
 */
export function createJsonScanners(hints: TextsInField[]): () => JsonScanner {
  const blockBytes = 64;
  const pageBytes = 65536;
  const firstCapacity = 8 * pageBytes;
  const flagsAt = 1;
  const hintsAt = 2;
  const fieldBucketsAt = 12;
  const fieldsAt = 6;
  const toldWords = 18;
  const backslashFlag = 1;
  const unsureFlag = 2;
  const masksAt = 80;
  const bucketsAt = 176;
  const listsAt = bucketsAt + 8 * 4;

  const kernel = new WebAssembly.Module(Buffer.from(jsonScannerWasm, "base64"));
  // From bytes that log files are full of to such that are rare in them; capitals and all others stand between.
  const byFrequency = '"etaoinsrcl:,.-/0123456789dmupgbhy_|vfwkxjqz';
  const rarity = (byte: number) => {
    const rank = byFrequency.indexOf(String.fromCharCode(byte));
    return rank < 0 ? byFrequency.indexOf("|") : rank;
  };
  const fields: HintField[] = [
    "errorCode",
    "userAgent",
    "userIdentity",
    "sourceIPAddress",
    "awsRegion",
    "readOnly",
  ];
  /** Of each text three neighbouring bytes by which it is looked for: the rarest, so that few other texts have them. */
  const needles = hints
    .flatMap(({ field, texts }, index) =>
      texts.map((text) => {
        const needle = Buffer.from(text, "utf8");
        const offsets = Array.from({ length: Math.max(1, needle.length - 2) }, (_, offset) => offset);
        const rarest = (offset: number) =>
          needle.subarray(offset, offset + 3).reduce((sum, byte) => sum + rarity(byte), 0);
        const offset = offsets.reduce((best, other) => (rarest(other) > rarest(best) ? other : best), 0);
        const key = needle.subarray(offset, offset + 3);
        return { field: fields.indexOf(field), bit: 1 << index, needle, offset, key };
      }),
    )
    // Neighbours in this order share a bucket: hints about one field, and of those such as share much of their masks.
    .sort((a, b) => a.field - b.field || Buffer.compare(a.key, b.key));
  const perBucket = Math.ceil(needles.length / 8);
  const listBytes = needles.reduce((sum, { needle }) => sum + 16 + needle.length, 8 * 4);
  const text = Math.ceil((listsAt + listBytes) / blockBytes) * blockBytes;

  /** Writes the hints where the kernel looks for them. */
  function putHints(memory: Buffer): void {
    let at = listsAt;
    for (let bucket = 0; bucket < 8; bucket += 1) {
      memory.writeInt32LE(at, bucketsAt + bucket * 4);
      const ofBucket = needles.slice(bucket * perBucket, (bucket + 1) * perBucket);
      for (const { field, bit, needle, offset, key } of ofBucket) {
        memory[fieldBucketsAt + field] = (memory[fieldBucketsAt + field] ?? 0) | (1 << bucket);
        for (let position = 0; position < 3; position += 1) {
          const byte = key[position];
          for (let half = 0; half < 16; half += 1) {
            const low = masksAt + position * 32 + half;
            // A hint of one or two bytes says nothing about the third.
            if (byte === undefined || (byte & 15) === half) memory[low] = (memory[low] ?? 0) | (1 << bucket);
            if (byte === undefined || byte >> 4 === half)
              memory[low + 16] = (memory[low + 16] ?? 0) | (1 << bucket);
          }
        }
        for (const word of [needle.length, offset, field, bit]) at = memory.writeInt32LE(word, at);
        at += needle.copy(memory, at);
      }
      at = memory.writeInt32LE(0, at);
    }
  }

  return function createJsonScanner(): JsonScanner {
    const pagesFor = (capacity: number) => Math.ceil((text + 2 * (capacity + blockBytes)) / pageBytes);
    let capacity = firstCapacity;
    const memory = new WebAssembly.Memory({ initial: pagesFor(capacity) });
    const { exports } = new WebAssembly.Instance(kernel, { env: { memory } });
    const kernelScan = exports.scan as (from: number, end: number, stack: number) => number;
    let bytes = Buffer.from(memory.buffer);
    let told = new Int32Array(memory.buffer, 0, toldWords);
    let stack = text + capacity + blockBytes;
    putHints(bytes);

    const scanner: JsonScanner = {
      text,
      capacity: () => capacity,
      bytes: () => bytes,
      put(chunk, length) {
        const needed = length + chunk.length;
        if (needed > capacity) {
          while (capacity < needed) capacity *= 2;
          memory.grow(Math.max(0, pagesFor(capacity) - bytes.length / pageBytes));
          bytes = Buffer.from(memory.buffer);
          told = new Int32Array(memory.buffer, 0, toldWords);
          stack = text + capacity + blockBytes;
        }
        bytes.set(chunk, text + length);
        bytes.fill(0, text + needed, text + needed + blockBytes);
      },
      scan: (from, end) => kernelScan(from, end, stack),
      hasBackslash: () => ((told[flagsAt] as number) & backslashFlag) !== 0,
      nameHash: () => (((told[flagsAt] as number) & unsureFlag) !== 0 ? null : (told[0] as number)),
      hashOf(eventName) {
        const json = Buffer.from(JSON.stringify({ eventName }));
        scanner.put(json, 0);
        scanner.scan(text, text + json.length);
        return scanner.nameHash();
      },
      hints: () => told[hintsAt] as number,
      textOf(field) {
        const word = fieldsAt + 2 * fields.indexOf(field);
        const from = told[word] as number;
        const end = told[word + 1] as number;
        if (from === 0) return null;
        // The grammar was checked: between key and value there are a colon and blanks alone.
        let opening = from;
        while ((bytes[opening] as number) <= 0x20 || bytes[opening] === 0x3a) opening += 1;
        const closing = bytes.indexOf(0x22, opening + 1);
        if (bytes[opening] !== 0x22 || closing < 0 || closing >= end) return null;
        const value = bytes.toString("utf8", opening + 1, closing);
        return value.includes("\\") ? null : value;
      },
    };
    return scanner;
  };
}
