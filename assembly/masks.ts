/*
 * Masks of the 64 bytes of a block: bit n stands for byte n.
 *
 * Method: Langdale and Lemire, "Parsing Gigabytes of JSON per Second", https://arxiv.org/abs/1902.08318
 */

export const QUOTE: i32 = 0x22;
export const BACKSLASH: i32 = 0x5c;
export const COMMA: i32 = 0x2c;
export const COLON: i32 = 0x3a;
export const SPACE: i32 = 0x20;

/** The bits of the bytes that are all ones. */
function bits(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    u64(i8x16.bitmask(a)) |
    (u64(i8x16.bitmask(b)) << 16) |
    (u64(i8x16.bitmask(c)) << 32) |
    (u64(i8x16.bitmask(d)) << 48)
  );
}

/** The bytes equal to one. */
export function equal(a: v128, b: v128, c: v128, d: v128, byte: i32): u64 {
  const same = i8x16.splat(i8(byte));
  return bits(i8x16.eq(a, same), i8x16.eq(b, same), i8x16.eq(c, same), i8x16.eq(d, same));
}

/** Control characters, which strings must escape. */
export function controls(a: v128, b: v128, c: v128, d: v128): u64 {
  const space = i8x16.splat(i8(SPACE));
  return bits(i8x16.lt_u(a, space), i8x16.lt_u(b, space), i8x16.lt_u(c, space), i8x16.lt_u(d, space));
}

/** Whether there is no backslash and no control character, as in most blocks. */
export function isPlain(a: v128, b: v128, c: v128, d: v128): bool {
  const slash = i8x16.splat(i8(BACKSLASH));
  const anySlash = v128.or(
    v128.or(i8x16.eq(a, slash), i8x16.eq(b, slash)),
    v128.or(i8x16.eq(c, slash), i8x16.eq(d, slash)),
  );
  const smallest = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d));
  return !v128.any_true(v128.or(anySlash, i8x16.lt_u(smallest, i8x16.splat(i8(SPACE)))));
}

/** `{ } [ ]`: with bit 5 set they are `{ }`. */
function bracket(bytes: v128): v128 {
  const either = v128.or(bytes, i8x16.splat(0x20));
  return v128.or(i8x16.eq(either, i8x16.splat(0x7b)), i8x16.eq(either, i8x16.splat(0x7d)));
}

export function bracketsOf(a: v128, b: v128, c: v128, d: v128): u64 {
  return bits(bracket(a), bracket(b), bracket(c), bracket(d));
}

/** Space, tab, line feed, carriage return: a table by the low half of the byte. The other entries match only a space. */
function blank(bytes: v128): v128 {
  const table = i8x16(32, 32, 32, 32, 32, 32, 32, 32, 32, 0x09, 0x0a, 32, 32, 0x0d, 32, 32);
  const expected = i8x16.swizzle(table, v128.and(bytes, i8x16.splat(0x0f)));
  return v128.or(i8x16.eq(bytes, i8x16.splat(i8(SPACE))), i8x16.eq(bytes, expected));
}

export function blanksOf(a: v128, b: v128, c: v128, d: v128): u64 {
  return bits(blank(a), blank(b), blank(c), blank(d));
}

/** The parity of the quotes up to each byte: 1 from each opening quote to the byte before the closing one. */
export function insideOf(quotes: u64): u64 {
  let text = quotes ^ (quotes << 1);
  text ^= text << 2;
  text ^= text << 4;
  text ^= text << 8;
  text ^= text << 16;
  return text ^ (text << 32);
}

/**
 * Finds the escaped bytes: they are `codes ^ (slashes | escape)`, and the last bit of `codes & slashes` is set if the next block
 * begins with one.
 *
 * @param escape 1 if this block begins with an escaped byte
 */
export function escapeCodes(slashes: u64, escape: u64): u64 {
  // In a run of backslashes, the first escapes the second and so on: a subtraction carries through the run.
  const odd: u64 = 0xaaaaaaaaaaaaaaaa;
  const escaping = slashes & ~escape;
  return (((escaping << 1) | odd) - escaping) ^ odd;
}

/** The lowest bit of a mask. */
export function lowest(mask: u64): u64 {
  return mask & (0 - mask);
}

/** All bits above a bit. */
export function above(bit: u64): u64 {
  return 0 - bit - bit;
}

/** All bits, or none. */
export function all(condition: bool): u64 {
  return condition ? u64.MAX_VALUE : 0;
}
