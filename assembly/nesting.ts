/*
 * The second stage: what is inside what. There are few brackets, so it goes from one to the next.
 */
import { brackets, valid } from "./block";
import { above, all, lowest } from "./masks";
import { COLON, COMMA } from "./masks";
import { isBlank } from "./scalars";

/** The bytes directly inside an object, directly inside a record, and outside records. */
export let inObject: u64 = 0;
export let inRecord: u64 = 0;
export let between: u64 = 0;
/** Opening brackets; opening braces of records; and closing ones of records. */
export let openings: u64 = 0;
export let begins: u64 = 0;
export let ends: u64 = 0;
/** The bytes before the end of the array of records. */
export let within: u64 = 0;

/** 1 inside an object, 0 inside an array. */
let object: i32 = 0;
/** 0 between records. */
let depth: i32 = 0;
/** The address of the stack: for each open bracket, what `object` was outside it. */
let stack: i32 = 0;

/** The next block begins between records, or directly inside one. */
export function resetNesting(isInRecord: bool): void {
  object = i32(isInRecord);
  depth = i32(isInRecord);
}

export function useStack(address: i32): void {
  stack = address;
}

/**
 * Follows the brackets of a block.
 *
 * @returns 0, unless a closing bracket does not match or follows a comma or colon, or a record is an array
 */
export function nest(block: i32): u64 {
  within = valid;
  inObject = all(object != 0);
  inRecord = all(depth == 1);
  between = all(depth == 0);
  openings = 0;
  begins = 0;
  ends = 0;
  let wrong: u64 = 0;
  for (let left = brackets & valid; left != 0; left &= left - 1) {
    const bit = lowest(left);
    const at = block + i32(ctz(left));
    const bracket = i32(load<u8>(at));
    // Bit 5 tells braces from brackets, bit 1 opening from closing ones.
    const kind = (bracket >> 5) & 1;
    if ((bracket & 2) != 0) wrong |= open(bit, kind);
    else if (depth == 0) {
      within = (bit - 1) & valid;
      break;
    } else wrong |= close(bit, kind, at);
  }
  return wrong;
}

function open(bit: u64, kind: i32): u64 {
  openings |= bit;
  store<u8>(stack + depth, object);
  depth++;
  enter(bit, kind);
  if (depth > 2) return 0;
  inRecord ^= above(bit);
  if (depth == 2) return 0;
  begins |= bit;
  between ^= above(bit);
  return u64(kind ^ 1);
}

function close(bit: u64, kind: i32, at: i32): u64 {
  const wrong = u64(kind ^ object) | u64(isAfterSeparator(at));
  depth--;
  enter(bit, load<u8>(stack + depth));
  if (depth > 1) return wrong;
  inRecord ^= above(bit);
  if (depth == 0) {
    ends |= bit;
    between ^= above(bit);
  }
  return wrong;
}

/** After the bracket, the text is directly inside an object (1) or an array (0). */
function enter(bit: u64, kind: i32): void {
  if (kind == object) return;
  object = kind;
  inObject ^= above(bit);
}

/** Whether a comma or colon precedes `at`, apart from blanks: no closing bracket may follow one. */
function isAfterSeparator(at: i32): bool {
  let byte: i32;
  do byte = i32(load<u8>(--at));
  while (isBlank(byte));
  return byte == COMMA || byte == COLON;
}
