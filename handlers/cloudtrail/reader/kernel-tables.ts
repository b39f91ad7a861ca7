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

/** A field that the kernel can look at. */
export type KernelField = HintField | "requestParameters";

/** The kernel's numbers for them. */
export const fieldNumbers: Record<KernelField, number> = {
  errorCode: ERROR_CODE,
  userAgent: USER_AGENT,
  userIdentity: USER_IDENTITY,
  sourceIPAddress: SOURCE_IP_ADDRESS,
  awsRegion: AWS_REGION,
  readOnly: READ_ONLY,
  requestParameters: REQUEST_PARAMETERS,
};

/** Texts that the kernel looks for in a field. Its place in the list of hints is the bit that the kernel sets. */
export interface KernelHint {
  field: number;
  texts: string[];
}

/** One text of a hint, and the part of it that the kernel searches for. */
export interface Needle {
  field: number;
  bit: number;
  text: Buffer;
  /** Three neighbouring bytes of the text, or all of a shorter one; and how many bytes of the text precede them. */
  key: Buffer;
  offset: number;
}

/** A key of a record that the kernel looks for. */
interface Key {
  key: string;
  kind: number;
  /** What follows this key recurs in many records: which kind of recurring value it is. */
  seen?: number;
  /** Where two samples of 32 bytes are taken to find such a value again, counted from its beginning. */
  samples?: [number, number];
  /** Its value is an id, and the recurring part begins after that. */
  isId?: boolean;
}

const keys: Key[] = [
  { key: "eventName", kind: EVENT_NAME },
  { key: "errorCode", kind: ERROR_CODE },
  { key: "userIdentity", kind: USER_IDENTITY, seen: 0, samples: [24, 56] },
  { key: "userAgent", kind: USER_AGENT, seen: 1, samples: [16, 48] },
  { key: "sourceIPAddress", kind: SOURCE_IP_ADDRESS },
  { key: "awsRegion", kind: AWS_REGION },
  { key: "readOnly", kind: READ_ONLY },
  { key: "requestParameters", kind: REQUEST_PARAMETERS },
  // The samples reach the resource's name, where there is one, and the host's.
  { key: "requestID", kind: TAIL, seen: 2, samples: [128, 226], isId: true },
  { key: "eventID", kind: TAIL, seen: 2, samples: [128, 226], isId: true },
  { key: "eventType", kind: TAIL, seen: 2, samples: [64, 208] },
];

/** Bytes from the most frequent in log files to the rarest; capitals and all others rank with the bar. */
const byFrequency = '"etaoinsrcl:,.-/0123456789dmupgbhy_|vfwkxjqz';

const buckets = 8;

export function needlesOf(hints: KernelHint[]): Needle[] {
  return (
    hints
      .flatMap(({ field, texts }, index) =>
        texts.map((text) => needleOf(field, 1 << index, Buffer.from(text, "utf8"))),
      )
      // Neighbours share a bucket: hints about one field, and of those the ones whose masks overlap most.
      .sort((a, b) => a.field - b.field || Buffer.compare(a.key, b.key))
  );
}

/** Address after the lists of hints, each of which ends with a length of 0. */
export function tablesEndOf(needles: Needle[]): number {
  return needles.reduce((end, { text }) => end + HINT_TEXT + text.length, LISTS + buckets * 4);
}

/** The kernel searches for the rarest bytes of a text, which few other texts have. */
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

/** Writes the hints into the kernel's memory. */
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
      // Of a text of one or two bytes any byte may follow.
      if (byte === undefined || (byte & 15) === half) addBit(memory, low + half, bucket);
      if (byte === undefined || byte >> 4 === half) addBit(memory, low + 16 + half, bucket);
    }
  }
}

function addBit(memory: Buffer, at: number, bit: number): void {
  memory[at] = (memory[at] ?? 0) | (1 << bit);
}

/** Marks the hash of a wanted name. */
export function putName(memory: Buffer, hash: number): void {
  addBit(memory, NAME_BITS + ((hash >>> 3) & (NAME_BYTES - 1)), hash & 7);
}

/** Writes the keys to look for into the kernel's memory; of fields, only those asked for. */
export function putKeys(memory: Buffer, fields: KernelField[]): void {
  // An empty place matches nothing: its mask is 0, and the bytes to compare with are not.
  for (let place = 0; place < KEY_PLACES; place += 1) memory[KEYS + place * KEY_BYTES + KEY_NEXT] = 1;
  for (const { key, kind, seen, samples = [0, 0], isId = false } of keys) {
    if (Object.hasOwn(fieldNumbers, key) && !(fields as string[]).includes(key)) continue;
    const text = Buffer.from(`${key}"`);
    const at = KEYS + placeOf(text) * KEY_BYTES;
    // The first and the last 8 bytes cover a key of up to 16.
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

/** The place of a key, given with its closing quote. KEY_FACTOR gives each key its own. */
function placeOf(text: Buffer): number {
  return Number(BigInt.asUintN(64, text.readBigUInt64LE() * BigInt(KEY_FACTOR)) >> 60n);
}
