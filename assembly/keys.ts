/*
 * The keys of a record that are looked for, and what a note has of their values.
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

/**
 * The address in {@link KEYS} of the key whose opening quote stands at `at`, or 0. Bytes behind the text are 0, so that
 * nothing past its end is taken for a key.
 */
export function keyAt(at: i32): i32 {
  const head = load<u64>(at, 1);
  const key = KEYS + i32((head * KEY_FACTOR) >> 60) * KEY_BYTES;
  const isKey =
    load<u64>(key, KEY_HEAD) == head &&
    (load<u64>(at, 9) & load<u64>(key, KEY_MASK)) == load<u64>(key, KEY_NEXT) &&
    load<u64>(at + load<i32>(key, KEY_COLON) - 8) == load<u64>(key, KEY_LAST);
  return isKey ? key : 0;
}

/** Where a note has a field: address of its value's beginning, and 4 bytes behind that of its end. */
export function fieldOf(note: i32, field: i32): i32 {
  return note + NOTE_FIELDS + field * FIELD_BYTES;
}

/** Whether a backslash stands in the value of a field, if it is there: then its text is not what its bytes are. */
export function isHidden(note: i32, field: i32): bool {
  const start = load<i32>(fieldOf(note, field));
  if (start == 0) return false;
  const end = load<i32>(fieldOf(note, field), 4);
  for (let at = start; at < end; at++) if (load<u8>(at) == 0x5c) return true;
  return false;
}
