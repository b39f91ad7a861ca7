/*
 * Recurring values: identities, user agents and tails are the same in many records. Their bytes are kept in pairs of slots. The
 * same bytes at the same place of the grammar need not be scanned again.
 */
import {
  KEY_OTHER_SAMPLE,
  KEY_PAIRS,
  KEY_SAMPLE,
  LAST_NUMBER,
  PAIR_BYTES,
  PAIRS,
  SEEN,
  SEEN_BYTES,
  SEEN_END,
  SEEN_HINTS,
  SEEN_NUMBER,
  SEEN_PAIR,
  SLOT_BYTES,
  SLOT_HINTS,
  SLOT_LENGTH,
  SLOT_NUMBER,
  SLOT_TEXT,
  TAIL,
  USER_AGENT,
  USER_IDENTITY,
} from "../handlers/cloudtrail/reader/layout";
import { hintsOf } from "./hints";
import { fieldOf } from "./keys";
import { BACKSLASH, COMMA, QUOTE } from "./masks";

/** Comparing fewer bytes than this costs as much as scanning them. */
const MIN_LENGTH: i32 = 80;

/** The address of what is known about the current record's value of a kind. */
function seen(kind: i32): i32 {
  return SEEN + kind * SEEN_BYTES;
}

function forget(kind: i32, pair: i32): void {
  store<i32>(seen(kind), pair, SEEN_PAIR);
  store<i32>(seen(kind), -1, SEEN_HINTS);
  store<i64>(seen(kind), 0, SEEN_NUMBER);
}

export function forgetTail(): void {
  forget(TAIL, 0);
}

/** Nothing is known about the next record. */
export function forgetAll(): void {
  forget(USER_AGENT, 0);
  forget(USER_IDENTITY, 0);
  forget(TAIL, 0);
}

/** Recognizes the value at `from`, after a key. @returns the address after it, or 0 */
export function recognize(key: i32, kind: i32, from: i32, end: i32): i32 {
  const pairs = load<i32>(key, KEY_PAIRS);
  if (pairs == 0) return 0;
  const pair = pairFor(pairs, from + load<i32>(key, KEY_SAMPLE), from + load<i32>(key, KEY_OTHER_SAMPLE));
  const slot = slotAt(pair, from, end);
  forget(kind, slot == 0 ? pair : 0);
  if (slot == 0) return 0;
  const behind = from + load<i32>(slot, SLOT_LENGTH);
  store<i32>(seen(kind), load<i32>(slot, SLOT_HINTS), SEEN_HINTS);
  store<i32>(seen(kind), load<i32>(slot, SLOT_NUMBER), SEEN_NUMBER);
  store<i32>(seen(kind), behind, SEEN_END);
  return behind;
}

/** The number and the end of a recognized value, together; or 0. */
export function recognized(kind: i32): i64 {
  return load<i64>(seen(kind), SEEN_NUMBER);
}

/** The hints in a field, without searching if it was recognized. */
export function knownHints(note: i32, field: i32): i32 {
  const hints = load<i32>(seen(field), SEEN_HINTS);
  return hints < 0 ? hintsOf(note, field) : hints;
}

/** Keeps the values that were not recognized. The record must not have a backslash. */
export function keepAll(note: i32, turn: i32, tail: i32, end: i32): void {
  keepField(note, USER_AGENT, turn);
  keepField(note, USER_IDENTITY, turn);
  const pair = load<i32>(seen(TAIL), SEEN_PAIR);
  if (pair != 0) keep(pair, turn, tail, end);
}

function keepField(note: i32, field: i32, turn: i32): void {
  const pair = load<i32>(seen(field), SEEN_PAIR);
  if (pair == 0) return;
  const value = fieldOf(note, field);
  const slot = keep(pair, turn, load<i32>(value), load<i32>(value, 4));
  if (slot != 0) store<i32>(slot, hintsOf(note, field), SLOT_HINTS);
}

/** Keeps the text from `from` to `to`, without a comma at its end, in one slot of a pair, by turns. @returns the slot, or 0 */
function keep(pair: i32, turn: i32, from: i32, to: i32): i32 {
  const stop = to - i32(load<u8>(to - 1) == COMMA);
  const length = stop - from;
  const last = load<u8>(stop - 1);
  // Only a string or a bracketed value certainly ends here; a number could continue.
  if (length < MIN_LENGTH || length > SLOT_BYTES - SLOT_TEXT || (last != 0x7d && last != QUOTE)) return 0;
  const slot = pair + (turn & 1) * SLOT_BYTES;
  const number = load<i32>(LAST_NUMBER) + 1;
  store<i32>(LAST_NUMBER, number);
  store<i32>(slot, length, SLOT_LENGTH);
  store<i32>(slot, number, SLOT_NUMBER);
  memory.copy(slot + SLOT_TEXT, from, length);
  return slot;
}

/** The pair, of those at `pairs`, for a value with these two samples of 32 bytes. */
function pairFor(pairs: i32, first: i32, second: i32): i32 {
  const a = load<u64>(first) ^ (load<u64>(first, 16) << 1) ^ (load<u64>(second) << 2);
  const b = load<u64>(first, 8) ^ (load<u64>(first, 24) << 1) ^ (load<u64>(second, 8) << 2);
  const c = (load<u64>(second, 16) << 3) ^ (load<u64>(second, 24) << 5);
  const hash = (a ^ (b >> 3) ^ (b << 7) ^ c) * 0x9e3779b97f4a7c15;
  return pairs + (i32(hash >> 40) & (PAIRS - 1)) * PAIR_BYTES;
}

/** The slot of a pair whose bytes are at `at`, or 0. */
function slotAt(pair: i32, at: i32, end: i32): i32 {
  for (let slot = pair; slot < pair + PAIR_BYTES; slot += SLOT_BYTES)
    if (isSlotAt(slot, at, end)) return slot;
  return 0;
}

function isSlotAt(slot: i32, at: i32, end: i32): bool {
  const length = load<i32>(slot, SLOT_LENGTH);
  if (length == 0 || at + length > end) return false;
  const bytes = slot + SLOT_TEXT;
  const last = length - 64;
  // The last 64 bytes first; the others may overlap them.
  if (!isSame64(at + last, bytes + last)) return false;
  let i = 0;
  while (i < last && isSame64(at + i, bytes + i)) i += 64;
  return i >= last;
}

/** Whether the 64 bytes at two addresses are the same. */
function isSame64(a: i32, b: i32): bool {
  return !v128.any_true(
    v128.or(
      v128.or(v128.xor(v128.load(a), v128.load(b)), v128.xor(v128.load(a, 16), v128.load(b, 16))),
      v128.or(v128.xor(v128.load(a, 32), v128.load(b, 32)), v128.xor(v128.load(a, 48), v128.load(b, 48))),
    ),
  );
}

/** The address of the closing quote of the id after the colon at `at`, or of the `eventID` that follows it; 0 if there is none. */
export function idsEnd(at: i32): i32 {
  let quote = 0;
  for (let colon = at; isIdAt(colon); ) {
    quote = colon + 38;
    // ","eventID":
    if (load<u64>(quote) != 0x746e657665222c22 || load<u32>(quote, 8) != 0x3a224449) break;
    colon = quote + 11;
  }
  return quote;
}

/** Whether a colon is at `at`, and after it a string of 36 bytes without escapes. */
function isIdAt(at: i32): bool {
  return load<u16>(at) == 0x223a && isPlain36(at + 2) && load<u8>(at, 38) == QUOTE;
}

/** Whether a string may have the 36 bytes at `at` without escapes. */
function isPlain36(at: i32): bool {
  const a = v128.load(at);
  const b = v128.load(at, 16);
  const c = v128.load(at, 20);
  return !v128.any_true(v128.or(v128.or(isSpecial(a), isSpecial(b)), isSpecial(c)));
}

function isSpecial(bytes: v128): v128 {
  return v128.or(
    v128.or(i8x16.eq(bytes, i8x16.splat(i8(QUOTE))), i8x16.eq(bytes, i8x16.splat(i8(BACKSLASH)))),
    i8x16.lt_u(bytes, i8x16.splat(0x20)),
  );
}
