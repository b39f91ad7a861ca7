/*
 * The fourth stage: notes. What is found out about a record is written where its note would be. To note the record is to
 * advance past that.
 */
import {
  ARE_PARAMETERS_HIDDEN,
  AWS_REGION,
  ERROR_CODE,
  EVENT_NAME,
  FIELDS,
  FULL,
  IS_HIDDEN,
  IS_NAME_UNSURE,
  KEY_COLON,
  KEY_IS_ID,
  KEY_KIND,
  LOOK,
  MAX_NOTES,
  NOTE_BYTES,
  NOTE_COMMA,
  NOTE_END,
  NOTE_FLAGS,
  NOTE_FROM,
  NOTE_HASH,
  NOTE_HINTS,
  NOTE_IDENTITY,
  NOTE_NAME,
  NOTE_PLACE,
  NOTE_TAIL,
  NOTES,
  NOWHERE,
  OUT_OF_TEXT,
  READ_ONLY,
  REQUEST_PARAMETERS,
  SOURCE_IP_ADDRESS,
  TAIL,
  USER_AGENT,
  USER_IDENTITY,
} from "../handlers/cloudtrail/reader/layout";
import { slashes } from "./block";
import { keys } from "./grammar";
import { hintsOf } from "./hints";
import { fieldOf, isHidden, keyAt } from "./keys";
import { lowest } from "./masks";
import { isWantedHash, noteName } from "./names";
import { begins, ends, inRecord } from "./nesting";
import { forgetAll, forgetTail, idsEnd, keepAll, knownHints, recognize, recognized } from "./seen";

/** The address after the last record, and the number of records. */
export let after: i32 = 0;
export let count: i32 = 0;
/** The address after the last recognized value. */
export let seenTo: i32 = 0;

/** Whether to note every record, and how many bytes one may have. */
let all: bool = false;
let maxBytes: i32 = 0;
/** The addresses of the current note and of its record. */
let note: i32 = 0;
let record: i32 = 0;
/** The record may have a backslash. */
let slashed: bool = false;
/** Where to write the end of the current value. */
let fieldEnd: i32 = 0;
/** Where the tail begins; 0 before it does. */
let tail: i32 = 0;

/** @param start where the first record begins */
export function beginNotes(start: i32, noteAll: bool, maxRecordBytes: i32): void {
  all = noteAll;
  maxBytes = maxRecordBytes;
  after = start;
  count = 0;
  note = NOTES;
  seenTo = 0;
}

export function noted(): i32 {
  return (note - NOTES) / NOTE_BYTES;
}

/** Notes the records in a block. @returns why to stop, or {@link OUT_OF_TEXT} */
export function noteBlock(block: i32, end: i32): i32 {
  if (slashes != 0) slashed = true;
  for (let left = (keys & inRecord) | begins | ends; left != 0; left &= left - 1) {
    const bit = lowest(left);
    const at = block + i32(ctz(left));
    if ((bit & ends) != 0) {
      const stopped = endRecord(at);
      if (stopped != OUT_OF_TEXT) return stopped;
    } else if ((bit & begins) != 0) beginRecord(at);
    else beginMember(at, end);
  }
  return OUT_OF_TEXT;
}

function beginRecord(at: i32): void {
  record = at;
  slashed = slashes != 0;
  fieldEnd = NOWHERE;
  tail = 0;
  store<i32>(note, 0, NOTE_NAME);
  for (let field = 0; field < FIELDS; field++) store<i32>(fieldOf(note, field), 0);
  forgetAll();
}

/** A key begins at `at`. */
function beginMember(at: i32, end: i32): void {
  store<i32>(fieldEnd, at);
  fieldEnd = NOWHERE;
  const key = keyAt(at);
  if (key == 0) return;
  const kind = load<i32>(key, KEY_KIND);
  const value = at + load<i32>(key, KEY_COLON);
  if (kind == TAIL) {
    if (tail == 0) beginTail(key, at, value, end);
    return;
  }
  // Tails have no keys that are looked for.
  if (tail != 0) forgetTail();
  tail = 0;
  if (kind == EVENT_NAME) store<i32>(note, value, NOTE_NAME);
  else {
    store<i32>(fieldOf(note, kind), value);
    fieldEnd = fieldOf(note, kind) + 4;
    seenUpTo(recognize(key, kind, value, end));
  }
}

function beginTail(key: i32, at: i32, value: i32, end: i32): void {
  const isId = load<i32>(key, KEY_IS_ID) != 0;
  const from = isId ? idsEnd(value) : at;
  if (from == 0) return;
  tail = from;
  store<i32>(note, isId ? from + 1 : at - 1, NOTE_COMMA);
  seenUpTo(recognize(key, TAIL, from, end));
}

function seenUpTo(address: i32): void {
  if (address != 0) seenTo = address;
}

/** A record ends at `at`. */
function endRecord(at: i32): i32 {
  store<i32>(fieldEnd, at);
  if (at + 1 - record > maxBytes) return LOOK;
  let flags = noteName(note);
  const isNamed = isWantedHash(load<i32>(note, NOTE_HASH));
  if (slashed && isAnyHidden()) flags |= IS_HIDDEN;
  let hints =
    hintsOf(note, ERROR_CODE) |
    knownHints(note, USER_AGENT) |
    knownHints(note, USER_IDENTITY) |
    hintsOf(note, SOURCE_IP_ADDRESS) |
    hintsOf(note, AWS_REGION) |
    hintsOf(note, READ_ONLY);
  if (isNamed || (flags & IS_NAME_UNSURE) != 0) {
    hints |= hintsOf(note, REQUEST_PARAMETERS);
    if (slashed && isHidden(note, REQUEST_PARAMETERS)) flags |= ARE_PARAMETERS_HIDDEN;
  }
  if (!slashed) keepAll(note, count + 1, tail, at);
  if (all || isNamed || (hints | flags) != 0) finishNote(at, flags, hints);
  count++;
  after = at + 1;
  return note == NOTES + MAX_NOTES * NOTE_BYTES ? FULL : OUT_OF_TEXT;
}

/** Whether a field other than the parameters is hidden. */
function isAnyHidden(): bool {
  for (let field = 0; field < FIELDS; field++)
    if (field != REQUEST_PARAMETERS && isHidden(note, field)) return true;
  return false;
}

function finishNote(at: i32, flags: i32, hints: i32): void {
  store<i32>(note, flags, NOTE_FLAGS);
  store<i32>(note, hints, NOTE_HINTS);
  store<i32>(note, record, NOTE_FROM);
  store<i32>(note, at + 1, NOTE_END);
  store<i32>(note, count, NOTE_PLACE);
  store<i64>(note, recognized(USER_IDENTITY), NOTE_IDENTITY);
  store<i64>(note, recognized(TAIL), NOTE_TAIL);
  note += NOTE_BYTES;
}
