/*
 * The third stage: what may follow what, in objects and in arrays, checked for all 64 bytes at once.
 */
import { blanks, colons, commas, quotes, scalars, slashes, text, valid } from "./block";
import { above, lowest } from "./masks";
import { between, inObject, openings, within } from "./nesting";
import { CUT, isBlank, scalarEnd, WRONG } from "./scalars";

/** Opening quotes of keys. */
export let keys: u64 = 0;
/** A number or literal may continue after the text. */
export let isCut: bool = false;
/** There is a blank, and the block was not classified for blanks. */
export let hasBlank: bool = false;

/** 1 if the byte before the next block belongs to a number or literal; to a key. */
let inScalar: u64 = 0;
let inKey: u64 = 0;
/** 1 if the last token before the next block is a comma or an opening bracket; a colon; a key. */
let afterOpener: u64 = 0;
let afterColon: u64 = 0;
let afterKey: u64 = 0;

/** The next block begins as if after a comma, or after a value. */
export function resetGrammar(isBehindComma: bool): void {
  inScalar = 0;
  inKey = 0;
  afterOpener = u64(isBehindComma);
  afterColon = 0;
  afterKey = 0;
  hasBlank = false;
}

/** Checks the grammar of a block. @returns 0, unless it is broken or a key has an escape, which could hide what it is */
export function check(block: i32, end: i32, spaced: bool): u64 {
  const starts = scalars & ~((scalars << 1) | inScalar) & within;
  inScalar = scalars >> 63;
  const opened = quotes & text & within;
  const others = starts | openings;

  const openers = openings | commas;
  const toOpened = next(openers, afterOpener);
  const toValue = next(colons, afterColon);
  afterOpener = isLast(openers, toOpened);
  afterColon = isLast(colons, toValue);

  // In an object, a key follows each comma and the opening brace. Adding its opening quote to the mask of strings carries to its
  // closing quote, and leaves zeros between them.
  const toKey = toOpened & inObject;
  keys = toKey & opened;
  const toClose = text + (keys | inKey);
  inKey = u64(toClose < text);
  const closed = toClose & quotes & ~text;
  const toColon = next(closed, afterKey);
  afterKey = isLast(closed, toColon);

  const afterNoValue = toOpened | toValue;
  return (
    ((opened | others) & ~afterNoValue) |
    ((commas | colons) & afterNoValue & within) |
    (others & toKey) |
    ((opened | starts) & between) |
    ((colons ^ (toColon & ~blanks)) & within) |
    (slashes & text & ~toClose & within) |
    checkScalars(starts, block, end, spaced)
  );
}

/**
 * What follows each of `tokens`, apart from blanks: an addition moves a token's bit past it and, by carrying, past the blanks
 * there. Bits of blanks mean nothing.
 *
 * @param before 1 if such a token is the last before the block
 */
function next(tokens: u64, before: u64): u64 {
  return ((tokens << 1) | before) + blanks;
}

/** 1 if one of `tokens` is the last in the block, apart from blanks. */
function isLast(tokens: u64, sum: u64): u64 {
  return (tokens >> 63) | u64(sum < blanks);
}

function checkScalars(starts: u64, block: i32, end: i32, spaced: bool): u64 {
  isCut = false;
  let wrong: u64 = 0;
  for (let left = starts; left != 0; left &= left - 1) {
    const at = block + i32(ctz(left));
    const behind = scalarEnd(at, end);
    if (behind == CUT) isCut = true;
    else if (behind == WRONG) wrong = 1;
    if (!spaced && isBlank(load<u8>(behind < 0 ? at : behind))) hasBlank = true;
  }
  return wrong | u64(hasBlank);
}
