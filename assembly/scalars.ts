/*
 * Numbers, literals and escapes, which are checked byte by byte.
 */

/** Instead of the address after a scalar: it may continue after the text, or it is none. */
export const CUT: i32 = -1;
export const WRONG: i32 = -2;

function isDigit(byte: i32): bool {
  return u32(byte - 0x30) < 10;
}

function isHexDigit(byte: i32): bool {
  return isDigit(byte) || u32((byte | 0x20) - 0x61) < 6;
}

/** Whether the bytes from `at`, after a backslash, are an escape other than `\"` and `\\`, which need no check. */
export function isEscape(at: i32): bool {
  const byte = load<u8>(at);
  if (byte != 0x75)
    return byte == 0x62 || byte == 0x66 || byte == 0x6e || byte == 0x72 || byte == 0x74 || byte == 0x2f;
  for (let i = at + 1; i < at + 5; i++) if (!isHexDigit(load<u8>(i))) return false;
  return true;
}

/** Whether the byte is a space, a tab, a line feed or a carriage return. */
export function isBlank(byte: i32): bool {
  return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}

/** Whether a number or literal may end before `byte`. */
function endsScalar(byte: i32): bool {
  return byte == 0x2c || byte == 0x7d || byte == 0x5d || isBlank(byte);
}

/** The address after the number or literal at `at`, {@link CUT}, or {@link WRONG}. */
export function scalarEnd(at: i32, end: i32): i32 {
  const behind = tokenEnd(at, end);
  if (behind < 0) return behind;
  if (behind >= end) return CUT;
  return endsScalar(load<u8>(behind)) ? behind : WRONG;
}

function tokenEnd(at: i32, end: i32): i32 {
  const first = i32(load<u8>(at));
  if (first == 0x74) return literalEnd(at, end, 0x65757274, 4); // true
  if (first == 0x66) return literalEnd(at, end, 0x65736c6166, 5); // false
  if (first == 0x6e) return literalEnd(at, end, 0x6c6c756e, 4); // null
  return numberEnd(at, end);
}

function literalEnd(at: i32, end: i32, literal: u64, length: i32): i32 {
  const there = min(end - at, length);
  const difference = (load<u64>(at) ^ literal) << (64 - (there << 3));
  if (difference != 0) return WRONG;
  return there < length ? CUT : at + length;
}

function numberEnd(at: i32, end: i32): i32 {
  let next = at + i32(load<u8>(at) == 0x2d);
  next = load<u8>(next) == 0x30 ? next + 1 : digitsEnd(next, end);
  if (next > 0 && load<u8>(next) == 0x2e) next = digitsEnd(next + 1, end);
  return next > 0 && (load<u8>(next) | 0x20) == 0x65 ? exponentEnd(next + 1, end) : next;
}

function exponentEnd(at: i32, end: i32): i32 {
  const sign = load<u8>(at);
  return digitsEnd(at + i32(sign == 0x2b || sign == 0x2d), end);
}

/** The address after at least one digit. The bytes after the text are 0. */
function digitsEnd(at: i32, end: i32): i32 {
  let next = at;
  while (isDigit(load<u8>(next))) next++;
  if (next > at) return next;
  return next >= end ? CUT : WRONG;
}
