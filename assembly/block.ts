/*
 * The first stage: classifies the bytes of a block, and tells strings from what is outside them.
 */
import { BLOCK } from "../handlers/cloudtrail/reader/layout";
import {
  BACKSLASH,
  blanksOf,
  bracketsOf,
  COLON,
  COMMA,
  controls,
  equal,
  escapeCodes,
  insideOf,
  isPlain,
  QUOTE,
} from "./masks";
import { isEscape } from "./scalars";

/** The bytes before the end of the text. */
export let valid: u64 = 0;
/** The quotes around strings. */
export let quotes: u64 = 0;
/** Strings with their opening quotes, without the closing ones. */
export let text: u64 = 0;
export let slashes: u64 = 0;
/** Outside strings: brackets, commas, colons, blanks; and all other bytes, which should be numbers and literals. */
export let brackets: u64 = 0;
export let commas: u64 = 0;
export let colons: u64 = 0;
export let blanks: u64 = 0;
export let scalars: u64 = 0;

/** 1 if the next block begins with an escaped byte. */
let escape: u64 = 0;
/** All ones if the next block begins inside a string. */
let inString: u64 = 0;

/** The next block begins outside strings. */
export function resetBlock(): void {
  escape = 0;
  inString = 0;
}

/**
 * Classifies the bytes of a block.
 *
 * @param spaced whether to look for blanks; if not, they count as scalars
 * @returns 0, unless a string has a control character or an unknown escape
 */
export function classify(block: i32, end: i32, spaced: bool): u64 {
  const a = v128.load(block);
  const b = v128.load(block, 16);
  const c = v128.load(block, 32);
  const d = v128.load(block, 48);
  valid = end - block >= BLOCK ? u64.MAX_VALUE : ((1 as u64) << (end - block)) - 1;
  quotes = equal(a, b, c, d, QUOTE);
  slashes = 0;
  const isSpecial = escape != 0 || !isPlain(a, b, c, d);
  let wrong: u64 = 0;
  if (isSpecial) {
    slashes = equal(a, b, c, d, BACKSLASH);
    if ((slashes | escape) != 0) wrong = unescape(block);
  }
  text = insideOf(quotes) ^ inString;
  inString = u64(i64(text) >> 63);
  if (isSpecial) wrong |= controls(a, b, c, d) & text & valid;

  const outside = ~(text | quotes);
  brackets = bracketsOf(a, b, c, d) & outside;
  commas = equal(a, b, c, d, COMMA) & outside;
  colons = equal(a, b, c, d, COLON) & outside;
  blanks = spaced ? blanksOf(a, b, c, d) & outside : 0;
  scalars = outside & ~(brackets | commas | colons | blanks);
  return wrong;
}

/** Removes the escaped quotes. @returns 0, unless there is an unknown escape */
function unescape(block: i32): u64 {
  const codes = escapeCodes(slashes, escape);
  const escaped = codes ^ (slashes | escape);
  let wrong: u64 = 0;
  for (let left = escaped & ~(quotes | slashes) & valid; left != 0; left &= left - 1)
    if (!isEscape(block + i32(ctz(left)))) wrong = 1;
  quotes &= ~escaped;
  escape = (codes & slashes) >> 63;
  return wrong;
}
