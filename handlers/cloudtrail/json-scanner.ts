import { jsonScannerWasm } from "./json-scanner-wasm";

/** Goes over JSON text in a memory of its own, many bytes at a time; see assembly/json-scanner.ts. */
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
   * tells it), or undefined when a name cannot be told by its bytes: it may end in an API date, or is not ASCII.
   */
  nameHash(): number | undefined;
  hashOf(eventName: string): number | undefined;
  /** Whether any hint stands in the bytes between two addresses. */
  hinted(from: number, end: number): boolean;
}

/** What {@link JsonScanner.scan} answers for a value whose end has not come yet. */
export const INCOMPLETE = -1;

/**
 * Compiles the scanner once and makes as many as are needed, each with its own memory:
 *
 *     0    what `scan` tells: hash of the name, flags (i32 each)
 *     64   hints: 6 tables of 16 bytes, then at 192 the addresses of 8 buckets, then the buckets
 *     …    text, and 64 zeros behind it: the kernel reads whole blocks
 *     …    as much room again, for the levels of nesting
 *
 * @param hints texts of at least one byte
 */
export function createJsonScanners(hints: string[]): () => JsonScanner {
  const blockBytes = 64;
  const pageBytes = 65536;
  const firstCapacity = 8 * pageBytes;
  const flagsAt = 1;
  const backslashFlag = 1;
  const unsureFlag = 2;
  const masksAt = 64;
  const bucketsAt = 192;
  const listsAt = bucketsAt + 8 * 4;

  const kernel = new WebAssembly.Module(Buffer.from(jsonScannerWasm, "base64"));
  // From bytes that log files are full of to such that are rare in them; capitals and all others stand between.
  const byFrequency = '"etaoinsrcl:,.-/0123456789dmupgbhy_|vfwkxjqz';
  const rarity = (byte: number) => {
    const rank = byFrequency.indexOf(String.fromCharCode(byte));
    return rank < 0 ? byFrequency.indexOf("|") : rank;
  };
  /** Of each hint three neighbouring bytes by which it is looked for: the rarest, so that few other texts have them. */
  const needles = hints
    .map((hint) => {
      const needle = Buffer.from(hint, "utf8");
      const offsets = Array.from({ length: Math.max(1, needle.length - 2) }, (_, offset) => offset);
      const rarest = (offset: number) =>
        needle.subarray(offset, offset + 3).reduce((sum, byte) => sum + rarity(byte), 0);
      const offset = offsets.reduce((best, other) => (rarest(other) > rarest(best) ? other : best), 0);
      return { needle, offset, key: needle.subarray(offset, offset + 3) };
    })
    // Neighbours in this order share a bucket, and much of their masks.
    .sort((a, b) => Buffer.compare(a.key, b.key));
  const perBucket = Math.ceil(needles.length / 8);
  const listBytes = needles.reduce((sum, { needle }) => sum + 8 + needle.length, 8 * 4);
  const text = Math.ceil((listsAt + listBytes) / blockBytes) * blockBytes;

  /** Writes the hints where `hinted` looks for them. */
  function putHints(memory: Buffer): void {
    let at = listsAt;
    for (let bucket = 0; bucket < 8; bucket += 1) {
      memory.writeInt32LE(at, bucketsAt + bucket * 4);
      for (const { needle, offset, key } of needles.slice(bucket * perBucket, (bucket + 1) * perBucket)) {
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
        memory.writeInt32LE(needle.length, at);
        memory.writeInt32LE(offset, at + 4);
        needle.copy(memory, at + 8);
        at += 8 + needle.length;
      }
      memory.writeInt32LE(0, at);
      at += 4;
    }
  }

  return function createJsonScanner(): JsonScanner {
    const pagesFor = (capacity: number) => Math.ceil((text + 2 * (capacity + blockBytes)) / pageBytes);
    let capacity = firstCapacity;
    const memory = new WebAssembly.Memory({ initial: pagesFor(capacity) });
    const { exports } = new WebAssembly.Instance(kernel, { env: { memory } });
    const kernelScan = exports.scan as (from: number, end: number, stack: number) => number;
    const kernelHinted = exports.hinted as (from: number, end: number) => number;
    let bytes = Buffer.from(memory.buffer);
    let told = new Int32Array(memory.buffer, 0, 2);
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
          told = new Int32Array(memory.buffer, 0, 2);
          stack = text + capacity + blockBytes;
        }
        bytes.set(chunk, text + length);
        bytes.fill(0, text + needed, text + needed + blockBytes);
      },
      scan: (from, end) => kernelScan(from, end, stack),
      hasBackslash: () => ((told[flagsAt] as number) & backslashFlag) !== 0,
      nameHash: () => (((told[flagsAt] as number) & unsureFlag) !== 0 ? undefined : told[0]),
      hashOf(eventName) {
        const json = Buffer.from(JSON.stringify({ eventName }));
        scanner.put(json, 0);
        scanner.scan(text, text + json.length);
        return scanner.nameHash();
      },
      hinted: (from, end) => kernelHinted(from, end) !== 0,
    };
    return scanner;
  };
}
