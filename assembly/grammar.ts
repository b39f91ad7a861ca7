/*
 * The third stage: JSON's grammar, of all 64 bytes at once. What may come after what, blanks aside, in an object and in an
 * array, is asked of whole masks.
 */
import { blanks, colons, commas, quotes, scalars, slashes, text, valid } from "./block";
import { above, lowest } from "./masks";
import { between, inObject, openings, within } from "./nesting";
import { CUT, isBlank, scalarEnd, WRONG } from "./scalars";

/** Opening quotes of keys. */
export let keys: u64 = 0;
/** A number or literal goes on behind the text: nobody knows yet whether it is one. */
export let isCut: bool = false;
/** There is a blank, and blanks were not looked for. */
export let hasBlank: bool = false;

/** 1: the byte before the block belongs to a number or literal; to a key. */
let inScalar: u64 = 0;
let inKey: u64 = 0;
/** 1: the last thing before the block is a comma or an opening bracket; a colon; a key. */
let afterOpener: u64 = 0;
let afterColon: u64 = 0;
let afterKey: u64 = 0;

/** The next block begins behind a comma; or, when something was passed over, behind a value. */
export function resetGrammar(isBehindComma: bool): void {
  inScalar = 0;
  inKey = 0;
  afterOpener = u64(isBehindComma);
  afterColon = 0;
  afterKey = 0;
  hasBlank = false;
}

/** Checks the grammar of a block. @returns not 0: it is broken, or a key has an escape, which may hide what it is */
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

  // In an object, what comes after a comma or the bracket is a key. From its opening quote a bit carries to its closing one,
  // and leaves zeros in between.
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
 * What comes next after each of `tokens`, blanks aside: a sum in which a token's bit has moved behind it and, by carrying,
 * over the blanks there. Where it is a blank's bit it means nothing.
 *
 * @param before 1: such a token is the last thing before the block
 */
function next(tokens: u64, before: u64): u64 {
  return ((tokens << 1) | before) + blanks;
}

/** 1: one of `tokens` is the last thing in the block, blanks aside. */
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
