import type { Fields } from "../json";
import { jsonScannerWasm } from "./json-scanner-wasm";

/** What {@link JsonScanner.stopped} answers when the text came to its end. */
export const OUT_OF_TEXT = 0;

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
  /** Says that another text begins. */
  begin(): void;
  /**
   * Goes over the value that starts at address `from`.
   * @returns the address after it; {@link INCOMPLETE} when it goes on after `end`; or -2 - the address of the byte that
   *   breaks the grammar
   */
  scan(from: number, end: number): number;
  /**
   * Goes over records from address `from` on, the first byte of one, as far as it can, and notes those that may be wanted:
   * by its name, a hint, or an escape that may hide one of both.
   *
   * @param all whether to note every record
   * @param most bytes of a record
   * @returns the address after the last record that it went over, or `from`
   */
  records(from: number, end: number, all: boolean, most: number): number;
  /** How many records it went over. */
  count(): number;
  /** How many of them it noted. */
  noted(): number;
  /** Why it stopped: {@link OUT_OF_TEXT}, or another number when it can go on, or {@link JsonScanner.scan} has to. */
  stopped(): number;
  /** Lets what follows tell about a noted record instead of the value that was scanned last. */
  turnTo(note: number): void;
  /** Of a noted record: how many records of the same call were before it, and its addresses. */
  place(): number;
  from(): number;
  end(): number;
  /**
   * Of the value that was scanned: whether a backslash is in it. What follows one was not checked. Of a noted record, all of
   * which was checked: whether a backslash is in its name or in a field with hints.
   */
  hasBackslash(): boolean;
  /** Of a noted record with a wanted name: whether a backslash is in its parameters. */
  hasEscapedParameters(): boolean;
  /** Of the object that was scanned: the hash of its `eventName`. */
  nameHash(): number;
  /** The hash of an event name. Overwrites the text. */
  hashOf(eventName: string): number;
  /** Whether the hash alone cannot tell: the name may end in an API date, or is not ASCII. */
  isNameUnsure(): boolean;
  /**
   * Of the object that was scanned: which hints stand in their fields, a bit for each, from 1 for the first. Of a noted record
   * without a wanted name, those about its parameters may be missing.
   */
  hints(): number;
  /**
   * Parses the value that was scanned, from its first byte to the one after it. Throws when an escape in it is wrong. What
   * comes again and again is parsed once: records share it, and nobody may change it.
   */
  parse(from: number, end: number): unknown;
  /** Of the object that was scanned: the text of its name, when that is a string without a backslash. */
  name(): string | null;
  /** The same for a field. */
  textOf(field: HintField | ParametersField): string | null;
}

/** Fields of a record that can be looked at before it is parsed; assembly/json-scanner.ts has them in this order. */
export type HintField =
  | "errorCode"
  | "userAgent"
  | "userIdentity"
  | "sourceIPAddress"
  | "awsRegion"
  | "readOnly";

/** The field that is looked at in records with a wanted name alone. */
export type ParametersField = "requestParameters";

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
 *     80   where the value of `eventName` begins (i32)
 *     96   hints: 6 tables of 16 bytes, then at 192 the addresses of 8 buckets
 *     224  what `records` tells: records, notes, why it stopped (i32 each)
 *     256  a bit for the lower 15 bits of the hash of each wanted name
 *     4352 16 places for the keys that are looked for
 *     5376 what `records` may keep of a record (i32 each)
 *     5568 256 notes of records: the 21 words that `scan` tells of a value, of which the middle three hold its addresses and
 *          place, and then what of it was seen before: its identity's number and end, its tail's number, end and comma
 *     …    what `records` has seen: 3 times 64 pairs of slots of 1040 bytes
 *     …    the buckets of hints
 *     …    text, and 64 zeros behind it: the kernel reads whole blocks
 *     …    as much room again, for the levels of nesting
 *
 * @param hints 31 at the most
 * @param eventNames the wanted ones, without API dates
 * @param others fields that {@link JsonScanner.textOf} is asked for, besides those with hints
 */
export function createJsonScanners(
  hints: (TextsInField | { field: ParametersField; texts: string[] })[],
  eventNames: string[],
  others: HintField[],
): () => JsonScanner {
  const blockBytes = 64;
  const pageBytes = 65536;
  const firstCapacity = 8 * pageBytes;
  const flagsAt = 1;
  const hintsAt = 2;
  const fieldBucketsAt = 12;
  const fieldsAt = 6;
  const nameAt = 20;
  const backslashFlag = 1;
  const unsureFlag = 2;
  const escapedParametersFlag = 4;
  const masksAt = 96;
  const bucketsAt = 192;
  const countAt = 224 / 4;
  const namesAt = 256;
  const keysAt = 4352;
  const keyBytes = 64;
  const notesAt = 5568;
  const maxNotes = 256;
  const noteWords = 26;
  const identityAt = 21;
  const tailAt = 23;
  const keyFactor = 0x7ac7dc7a0508f995n;
  const lookAt = 1;
  const userIdentityAt = 10;
  const maxSeen = 1000;
  const seenAt = notesAt + maxNotes * noteWords * 4;
  // Of one kind: 64 pairs of slots.
  const pairsBytes = 64 * 2 * 1040;
  const listsAt = seenAt + 3 * pairsBytes;

  const kernel = new WebAssembly.Module(Buffer.from(jsonScannerWasm, "base64"));
  // From bytes that log files are full of to such that are rare in them; capitals and all others stand between.
  const byFrequency = '"etaoinsrcl:,.-/0123456789dmupgbhy_|vfwkxjqz';
  const rarity = (byte: number) => {
    const rank = byFrequency.indexOf(String.fromCharCode(byte));
    return rank < 0 ? byFrequency.indexOf("|") : rank;
  };
  const fields: (HintField | ParametersField)[] = [
    "errorCode",
    "userAgent",
    "userIdentity",
    "sourceIPAddress",
    "awsRegion",
    "readOnly",
    "requestParameters",
  ];
  /**
   * Keys that are looked for; `seen` numbers those after which the same bytes come again and again, which are told apart by
   * two times 32 bytes, `samples` bytes behind where they begin: the colon, or an id's end, or the key.
   */
  const keys: { key: string; kind: number; seen?: number; samples?: [number, number]; isId?: boolean }[] = [
    { key: "eventName", kind: 7 },
    { key: "userIdentity", kind: fields.indexOf("userIdentity"), seen: 0, samples: [24, 56] },
    { key: "userAgent", kind: fields.indexOf("userAgent"), seen: 1, samples: [16, 48] },
    // The resource's name, where there is one, and the host's.
    { key: "requestID", kind: 8, seen: 2, samples: [128, 226], isId: true },
    { key: "eventID", kind: 8, seen: 2, samples: [128, 226], isId: true },
    { key: "eventType", kind: 8, seen: 2, samples: [64, 208] },
    ...[...others, ...hints.map(({ field }) => field)]
      .filter((key) => key !== "userIdentity" && key !== "userAgent")
      .map((key) => ({ key, kind: fields.indexOf(key) })),
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

  /** Writes the keys that are looked for where the kernel finds them. */
  function putKeys(memory: Buffer): void {
    // A place without a key fits none: none of the next 8 bytes count, and they are not 0.
    for (let place = 0; place < 16; place += 1) memory[keysAt + place * keyBytes + 8] = 1;
    for (const { key, kind, seen, samples = [0, 0], isId = false } of keys) {
      const text = Buffer.from(`${key}"`);
      const place = keysAt + Number(BigInt.asUintN(64, text.readBigUInt64LE() * keyFactor) >> 60n) * keyBytes;
      // The first and the last 8 bytes are all of a key of up to 16.
      const isLong = text.length > 16;
      memory.fill(0, place + 8, place + 24);
      text.copy(memory, place, 0, isLong ? 16 : 8);
      if (isLong) memory.fill(0xff, place + 16, place + 24);
      text.copy(memory, place + 24, text.length - 8);
      const pairs = seen === undefined ? 0 : seenAt + seen * pairsBytes;
      const words = [kind, text.length + 1, pairs, ...samples, isId ? 1 : 0];
      for (const [index, word] of words.entries()) memory.writeInt32LE(word, place + 32 + index * 4);
    }
  }

  return function createJsonScanner(): JsonScanner {
    const pagesFor = (capacity: number) => Math.ceil((text + 2 * (capacity + blockBytes)) / pageBytes);
    let capacity = firstCapacity;
    const memory = new WebAssembly.Memory({ initial: pagesFor(capacity) });
    const { exports } = new WebAssembly.Instance(kernel, { env: { memory } });
    const kernelScan = exports.scan as (from: number, end: number, stack: number) => number;
    const kernelRecords = exports.records as (
      from: number,
      end: number,
      stack: number,
      all: number,
      spaced: number,
      most: number,
    ) => number;
    let bytes = Buffer.from(memory.buffer);
    let told = new Int32Array(memory.buffer, 0, seenAt / 4);
    /** What came again, by the numbers that the kernel gave it. */
    const seen = new Map<number, Fields>();
    /** 1: there are blanks between the tokens of this text. */
    let spaced = 0;
    /** Where the words about the value or record in question begin. */
    let base = 0;
    let stack = text + capacity + blockBytes;
    putHints(bytes);
    putKeys(bytes);

    function hashOf(eventName: string): number {
      const json = Buffer.from(JSON.stringify({ eventName }));
      json.copy(bytes, text);
      kernelScan(text, text + json.length, stack);
      return told[0] as number;
    }

    for (const eventName of eventNames) {
      const hash = hashOf(eventName);
      const at = namesAt + ((hash >>> 3) & 4095);
      bytes[at] = (bytes[at] as number) | (1 << (hash & 7));
    }

    /** The string that comes next after a key that ends before address `from`; null when it is another value, or there is no key. */
    function textAt(from: number): string | null {
      if (from === 0) return null;
      // The grammar was checked: between key and value there are a colon and blanks alone.
      let opening = from;
      while ((bytes[opening] as number) <= 0x20 || bytes[opening] === 0x3a) opening += 1;
      if (bytes[opening] !== 0x22) return null;
      const value = bytes.toString("utf8", opening + 1, bytes.indexOf(0x22, opening + 1));
      return value.includes("\\") ? null : value;
    }

    const parsed = (from: number, end: number): unknown => JSON.parse(bytes.toString("utf8", from, end));

    /** What has a number: parsed from the text in question when it is asked for first. */
    function seenBefore(number: number, parse: () => unknown): Fields {
      const known = seen.get(number);
      if (known !== undefined) return known;
      if (seen.size >= maxSeen) seen.clear();
      const value = parse() as Fields;
      seen.set(number, value);
      return value;
    }

    /** Parses a record whose tail, or identity, was seen before. */
    function parseNoted(from: number, end: number): unknown {
      const identity = told[base + identityAt] as number;
      const tail = told[base + tailAt] as number;
      const comma = told[base + tailAt + 2] as number;
      // What comes behind the tail may take back what is in it.
      const hasTail = tail !== 0 && told[base + tailAt + 1] === end - 1 && bytes[comma] === 0x2c;
      if (identity === 0 && !hasTail) return parsed(from, end);
      const stop = hasTail ? comma : end - 1;
      let start = from;
      let text = "";
      if (identity !== 0) {
        text = `${bytes.toString("utf8", from, told[base + userIdentityAt])}:null`;
        start = told[base + identityAt + 1] as number;
      }
      const record = JSON.parse(`${text}${bytes.toString("utf8", start, stop)}}`) as Fields;
      if (identity !== 0)
        record.userIdentity = seenBefore(identity, () =>
          parsed((told[base + userIdentityAt] as number) + 1, told[base + identityAt + 1] as number),
        );
      if (!hasTail) return record;
      const fields = seenBefore(tail, () => JSON.parse(`{${bytes.toString("utf8", comma + 1, end)}`));
      // An assignment would change the record's prototype, and JSON.parse does not.
      if (Object.hasOwn(fields, "__proto__")) return parsed(from, end);
      for (const field in fields) record[field] = fields[field];
      return record;
    }

    return {
      text,
      capacity: () => capacity,
      bytes: () => bytes,
      put(chunk, length) {
        const needed = length + chunk.length;
        if (needed > capacity) {
          while (capacity < needed) capacity *= 2;
          memory.grow(Math.max(0, pagesFor(capacity) - bytes.length / pageBytes));
          bytes = Buffer.from(memory.buffer);
          told = new Int32Array(memory.buffer, 0, seenAt / 4);
          stack = text + capacity + blockBytes;
        }
        bytes.set(chunk, text + length);
        bytes.fill(0, text + needed, text + needed + blockBytes);
      },
      scan(from, end) {
        base = 0;
        return kernelScan(from, end, stack);
      },
      records(from, end, all, most) {
        const next = kernelRecords(from, end, stack, all ? 1 : 0, spaced, most);
        if (next !== from || spaced === 1 || told[countAt + 2] !== lookAt) return next;
        // Perhaps it stopped at a blank; where there is one there are many.
        spaced = 1;
        return kernelRecords(from, end, stack, all ? 1 : 0, spaced, most);
      },
      begin() {
        spaced = 0;
      },
      count: () => told[countAt] as number,
      noted: () => told[countAt + 1] as number,
      stopped: () => told[countAt + 2] as number,
      turnTo(note) {
        base = notesAt / 4 + note * noteWords;
      },
      from: () => told[base + 3] as number,
      end: () => told[base + 4] as number,
      place: () => told[base + 5] as number,
      hasBackslash: () => ((told[base + flagsAt] as number) & backslashFlag) !== 0,
      hasEscapedParameters: () => ((told[base + flagsAt] as number) & escapedParametersFlag) !== 0,
      nameHash: () => told[base] as number,
      hashOf,
      parse: (from, end) => (base === 0 ? parsed(from, end) : parseNoted(from, end)),
      isNameUnsure: () => ((told[base + flagsAt] as number) & unsureFlag) !== 0,
      name: () => textAt(told[base + nameAt] as number),
      hints: () => told[base + hintsAt] as number,
      textOf: (field) => textAt(told[base + fieldsAt + 2 * fields.indexOf(field)] as number),
    };
  };
}
