/*
 * Hints: texts to look for in the value of a field. All are looked for together: three neighbouring bytes of each text form
 * masks, which few other bytes pass; those are compared with the texts.
 *
 * Method: "Teddy", https://github.com/BurntSushi/aho-corasick/tree/master/src/packed/teddy
 */
import {
  FIELD_BUCKETS,
  HINT_BIT,
  HINT_FIELD,
  HINT_LENGTH,
  HINT_LISTS,
  HINT_MASKS,
  HINT_OFFSET,
  HINT_TEXT,
} from "../handlers/cloudtrail/reader/layout";
import { fieldOf } from "./keys";

/** The hints in a field of a record, as bits. */
export function hintsOf(note: i32, field: i32): i32 {
  const buckets = i32(load<u8>(FIELD_BUCKETS + field));
  const value = fieldOf(note, field);
  const start = load<i32>(value);
  return buckets == 0 || start == 0 ? 0 : hintsIn(start, load<i32>(value, 4), field, buckets);
}

/** The hints of some buckets in the value of a field, from `start` to `end`. */
function hintsIn(start: i32, end: i32, field: i32, buckets: i32): i32 {
  const low0 = v128.load(HINT_MASKS);
  const high0 = v128.load(HINT_MASKS, 16);
  const low1 = v128.load(HINT_MASKS, 32);
  const high1 = v128.load(HINT_MASKS, 48);
  const low2 = v128.load(HINT_MASKS, 64);
  const high2 = v128.load(HINT_MASKS, 80);
  let found = 0;
  for (let block = start; block < end; block += 16) {
    const first = bucketsOf(v128.load(block), low0, high0);
    const second = bucketsOf(v128.load(block, 1), low1, high1);
    const third = bucketsOf(v128.load(block, 2), low2, high2);
    const possible = v128.and(v128.and(first, second), v128.and(third, i8x16.splat(i8(buckets))));
    if (!v128.any_true(possible)) continue;
    let places = ~i8x16.bitmask(i8x16.eq(possible, i8x16.splat(0))) & 0xffff;
    for (; places != 0; places &= places - 1)
      found |= hintsAt(block + i32(ctz(places)), start, end, field, buckets);
  }
  return found;
}

/** The buckets that each of 16 bytes passes. */
function bucketsOf(bytes: v128, low: v128, high: v128): v128 {
  const half = i8x16.splat(0x0f);
  return v128.and(
    i8x16.swizzle(low, v128.and(bytes, half)),
    i8x16.swizzle(high, v128.and(i16x8.shr_u(bytes, 4), half)),
  );
}

/** The hints of some buckets whose three bytes are at `at`. */
function hintsAt(at: i32, start: i32, end: i32, field: i32, buckets: i32): i32 {
  let found = 0;
  for (let left = buckets & bucketsAt(at); left != 0; left &= left - 1) {
    let hint = load<i32>(HINT_LISTS + (ctz(left) << 2));
    for (let length = load<i32>(hint); length != 0; length = load<i32>(hint, HINT_LENGTH)) {
      const first = at - load<i32>(hint, HINT_OFFSET);
      if (
        load<i32>(hint, HINT_FIELD) == field &&
        first >= start &&
        first + length <= end &&
        memory.compare(hint + HINT_TEXT, first, length) == 0
      )
        found |= load<i32>(hint, HINT_BIT);
      hint += HINT_TEXT + length;
    }
  }
  return found;
}

/** The buckets that the three bytes at `at` pass. */
function bucketsAt(at: i32): i32 {
  let buckets = 0xff;
  for (let i = 0; i < 3; i++) {
    const byte = load<u8>(at + i);
    const table = HINT_MASKS + (i << 5);
    buckets &= load<u8>(table + (byte & 0x0f)) & load<u8>(table + 16 + (byte >> 4));
  }
  return buckets;
}
