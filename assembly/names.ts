/*
 * Event names. Many are wanted, and most records have another one, so they are compared by a hash.
 */
import {
  IS_HIDDEN,
  IS_NAME_UNSURE,
  NAME_BITS,
  NAME_BYTES,
  NOTE_HASH,
  NOTE_NAME,
} from "../handlers/cloudtrail/reader/layout";
import { BACKSLASH, COLON, QUOTE } from "./masks";

/** The hash of the text from `start` to `end`. Reads up to 7 bytes beyond. */
export function hashOf(start: i32, end: i32): i32 {
  let hash: u64 = 0;
  for (let at = start; at < end; at += 8) {
    let word = load<u64>(at);
    if (end - at < 8) word &= ((1 as u64) << ((end - at) << 3)) - 1;
    hash = (hash ^ word) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 32;
  }
  return i32(hash);
}

/** Whether a wanted name has this hash, or one with the same lower bits. */
export function isWantedHash(hash: i32): bool {
  return ((load<u8>(NAME_BITS + ((hash >>> 3) & (NAME_BYTES - 1))) >> u8(hash & 7)) & 1) != 0;
}

/** Notes the hash of a record's event name. @returns its flags */
export function noteName(note: i32): i32 {
  store<i32>(note, 0, NOTE_HASH);
  const value = load<i32>(note, NOTE_NAME);
  const start = value == 0 ? 0 : textAfter(value);
  if (start == 0) return 0;
  let flags = 0;
  for (let end = start; ; end += 16) {
    const bytes = v128.load(end);
    const quotes = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(i8(QUOTE))));
    const name = quotes == 0 ? 0xffff : (quotes & -quotes) - 1;
    // An escaped quote does not end the name, but then the record is parsed anyway.
    if ((i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(i8(BACKSLASH)))) & name) != 0)
      return IS_HIDDEN | IS_NAME_UNSURE;
    if ((i8x16.bitmask(bytes) & name) != 0) flags = IS_NAME_UNSURE;
    if (quotes == 0) continue;
    const last = end + i32(ctz(quotes));
    store<i32>(note, hashOf(start, last), NOTE_HASH);
    return last - start >= 8 && isDate(last - 8) ? IS_NAME_UNSURE : flags;
  }
}

/** The address of the string after the key that ends at `at`; 0 if the value is no string. */
function textAfter(at: i32): i32 {
  let next = at;
  while (load<u8>(next) <= 0x20 || load<u8>(next) == COLON) next++;
  return load<u8>(next) == QUOTE ? next + 1 : 0;
}

/** Whether the 8 bytes at `at` are digits, `v` and `_`, as at the end of an API date. */
function isDate(at: i32): bool {
  const bytes = v128.load64_zero(at);
  const numeric = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x30)), i8x16.splat(10));
  const others = v128.or(i8x16.eq(bytes, i8x16.splat(0x76)), i8x16.eq(bytes, i8x16.splat(0x5f)));
  return (i8x16.bitmask(v128.or(numeric, others)) & 0xff) == 0xff;
}
