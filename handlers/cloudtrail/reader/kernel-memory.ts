import {
  AWS_REGION,
  ERROR_CODE,
  EVENT_NAME,
  FIELD_BUCKETS,
  HINT_LISTS,
  HINT_MASKS,
  HINT_TEXT,
  KEY_BYTES,
  KEY_FACTOR,
  KEY_HEAD,
  KEY_KIND,
  KEY_LAST,
  KEY_MASK,
  KEY_NEXT,
  KEY_PLACES,
  KEYS,
  LISTS,
  NAME_BITS,
  NAME_BYTES,
  PAIR_BYTES,
  PAIRS,
  READ_ONLY,
  REQUEST_PARAMETERS,
  SLOTS,
  SOURCE_IP_ADDRESS,
  TAIL,
  USER_AGENT,
  USER_IDENTITY,
} from "./layout";
import type { HintField } from "./wanted";

/** The fields that the kernel looks at, by its numbers for them. */
export const fieldNumbers: Record<HintField | "requestParameters", number> = {
  errorCode: ERROR_CODE,
  userAgent: USER_AGENT,
  userIdentity: USER_IDENTITY,
  sourceIPAddress: SOURCE_IP_ADDRESS,
  awsRegion: AWS_REGION,
  readOnly: READ_ONLY,
  requestParameters: REQUEST_PARAMETERS,
};

/** Texts that the kernel looks for in a field's value; the place in a list is the hint's bit. */
export interface KernelHint {
  field: number;
  texts: string[];
}

/** A text by which the kernel finds a hint. */
interface Needle {
  field: number;
  bit: number;
  text: Buffer;
  /** Three neighbouring bytes by which it is looked for, or fewer of a shorter text; and how many stand before them. */
  key: Buffer;
  offset: number;
}

/** A key that the kernel looks for. */
interface Key {
  key: string;
  kind: number;
  /**
   * Behind some the same bytes come again and again: a number for those, and how far behind where they begin (the colon, or
   * an id's end, or the key) the two times 32 bytes stand by which they are told apart.
   */
  seen?: number;
  samples?: [number, number];
  isId?: boolean;
}

const keys: Key[] = [
  { key: "eventName", kind: EVENT_NAME },
  { key: "errorCode", kind: ERROR_CODE },
  { key: "userAgent", kind: USER_AGENT, seen: 1, samples: [16, 48] },
  { key: "userIdentity", kind: USER_IDENTITY, seen: 0, samples: [24, 56] },
  { key: "sourceIPAddress", kind: SOURCE_IP_ADDRESS },
  { key: "awsRegion", kind: AWS_REGION },
  { key: "readOnly", kind: READ_ONLY },
  { key: "requestParameters", kind: REQUEST_PARAMETERS },
  // The resource's name, where there is one, and the host's.
  { key: "requestID", kind: TAIL, seen: 2, samples: [128, 226], isId: true },
  { key: "eventID", kind: TAIL, seen: 2, samples: [128, 226], isId: true },
  { key: "eventType", kind: TAIL, seen: 2, samples: [64, 208] },
];

/** From bytes that log files are full of to such that are rare in them; capitals and all others stand at the bar. */
const byFrequency = '"etaoinsrcl:,.-/0123456789dmupgbhy_|vfwkxjqz';

const buckets = 8;

/** @returns what {@link putHints} writes, and the address behind it */
export function needlesOf(hints: KernelHint[]): { needles: Needle[]; end: number } {
  const needles = hints
    .flatMap(({ field, texts }, index) =>
      texts.map((text) => needleOf(field, 1 << index, Buffer.from(text, "utf8"))),
    )
    // Neighbours in this order share a bucket: hints about one field, and of those such as share much of their masks.
    .sort((a, b) => a.field - b.field || Buffer.compare(a.key, b.key));
  // Each list ends with a length of 0.
  return {
    needles,
    end: needles.reduce((end, { text }) => end + HINT_TEXT + text.length, LISTS + buckets * 4),
  };
}

/** A text is looked for by its rarest bytes, so that few other texts have them. */
function needleOf(field: number, bit: number, text: Buffer): Needle {
  const offsets = Array.from({ length: Math.max(1, text.length - 2) }, (_, offset) => offset);
  const rarityAt = (offset: number) =>
    text.subarray(offset, offset + 3).reduce((sum, byte) => sum + rarityOf(byte), 0);
  const offset = offsets.reduce((best, other) => (rarityAt(other) > rarityAt(best) ? other : best), 0);
  return { field, bit, text, offset, key: text.subarray(offset, offset + 3) };
}

function rarityOf(byte: number): number {
  const rank = byFrequency.indexOf(String.fromCharCode(byte));
  return rank < 0 ? byFrequency.indexOf("|") : rank;
}

/** Writes the hints where the kernel looks for them. */
export function putHints(memory: Buffer, needles: Needle[]): void {
  const perBucket = Math.ceil(needles.length / buckets);
  let at = LISTS;
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    memory.writeInt32LE(at, HINT_LISTS + bucket * 4);
    for (const { field, bit, text, key, offset } of needles.slice(
      bucket * perBucket,
      (bucket + 1) * perBucket,
    )) {
      addBit(memory, FIELD_BUCKETS + field, bucket);
      putMasks(memory, key, bucket);
      for (const word of [text.length, offset, field, bit]) at = memory.writeInt32LE(word, at);
      at += text.copy(memory, at);
    }
    at = memory.writeInt32LE(0, at);
  }
}

function putMasks(memory: Buffer, key: Buffer, bucket: number): void {
  for (let place = 0; place < 3; place += 1) {
    const byte = key[place];
    const low = HINT_MASKS + place * 32;
    for (let half = 0; half < 16; half += 1) {
      // A hint of one or two bytes says nothing about the third.
      if (byte === undefined || (byte & 15) === half) addBit(memory, low + half, bucket);
      if (byte === undefined || byte >> 4 === half) addBit(memory, low + 16 + half, bucket);
    }
  }
}

function addBit(memory: Buffer, at: number, bit: number): void {
  memory[at] = (memory[at] ?? 0) | (1 << bit);
}

/** Says of a wanted name, by its hash, that it is wanted. */
export function putName(memory: Buffer, hash: number): void {
  addBit(memory, NAME_BITS + ((hash >>> 3) & (NAME_BYTES - 1)), hash & 7);
}

/** Writes the keys that are looked for where the kernel finds them: what is not in a record takes no time. */
export function putKeys(memory: Buffer, fields: (HintField | "requestParameters")[]): void {
  // A place without a key fits none: none of the next 8 bytes count, and they are not 0.
  for (let place = 0; place < KEY_PLACES; place += 1) memory[KEYS + place * KEY_BYTES + KEY_NEXT] = 1;
  for (const { key, kind, seen, samples = [0, 0], isId = false } of keys) {
    if (Object.hasOwn(fieldNumbers, key) && !(fields as string[]).includes(key)) continue;
    const text = Buffer.from(`${key}"`);
    const at = KEYS + placeOf(text) * KEY_BYTES;
    // The first and the last 8 bytes are all of a key of up to 16.
    const isLong = text.length > 16;
    text.copy(memory, at + KEY_HEAD, 0, 8);
    memory.fill(0, at + KEY_NEXT, at + KEY_NEXT + 8);
    if (isLong) text.copy(memory, at + KEY_NEXT, 8, 16);
    memory.fill(isLong ? 0xff : 0, at + KEY_MASK, at + KEY_MASK + 8);
    text.copy(memory, at + KEY_LAST, text.length - 8);
    const pairs = seen === undefined ? 0 : SLOTS + seen * PAIRS * PAIR_BYTES;
    const words = [kind, text.length + 1, pairs, ...samples, isId ? 1 : 0];
    words.forEach((word, index) => memory.writeInt32LE(word, at + KEY_KIND + index * 4));
  }
}

/** Where the kernel looks for a key and its closing quote; each has a place of its own. */
function placeOf(text: Buffer): number {
  return Number(BigInt.asUintN(64, text.readBigUInt64LE() * BigInt(KEY_FACTOR)) >> 60n);
}
