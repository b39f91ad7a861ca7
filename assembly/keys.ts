/*
 * The keys of a record that are looked for, and where a note keeps their values.
 */
import {
  FIELD_BYTES,
  KEY_BYTES,
  KEY_COLON,
  KEY_FACTOR,
  KEY_HEAD,
  KEY_LAST,
  KEY_MASK,
  KEY_NEXT,
  KEYS,
  NOTE_FIELDS,
} from "../handlers/cloudtrail/reader/layout";

/** The address in {@link KEYS} of the key with its opening quote at `at`, or 0. No key has the zeros after the text. */
export function keyAt(at: i32): i32 {
  const head = load<u64>(at, 1);
  const key = KEYS + i32((head * KEY_FACTOR) >> 60) * KEY_BYTES;
  const isKey =
    load<u64>(key, KEY_HEAD) == head &&
    (load<u64>(at, 9) & load<u64>(key, KEY_MASK)) == load<u64>(key, KEY_NEXT) &&
    load<u64>(at + load<i32>(key, KEY_COLON) - 8) == load<u64>(key, KEY_LAST);
  return isKey ? key : 0;
}

/** The address at which a note keeps a field: the beginning of its value, and 4 bytes further the end. */
export function fieldOf(note: i32, field: i32): i32 {
  return note + NOTE_FIELDS + field * FIELD_BYTES;
}

/** Whether the value of a field has a backslash, and so may not be what its bytes say. */
export function isHidden(note: i32, field: i32): bool {
  const start = load<i32>(fieldOf(note, field));
  if (start == 0) return false;
  const end = load<i32>(fieldOf(note, field), 4);
  for (let at = start; at < end; at++) if (load<u8>(at) == 0x5c) return true;
  return false;
}
