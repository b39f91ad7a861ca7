/*
 * The kernel of the log file reader, in AssemblyScript: finds where a JSON value ends, checks its whole grammar on the
 * way, and finds texts in it. In JavaScript a loop over the bytes of a log file costs more than twice what inflating
 * them does; here 64 bytes are classified at a time (WebAssembly SIMD), and the price is a fraction of it.
 *
 * `npm run build:scanner` compiles it into handlers/cloudtrail/json-scanner-wasm.ts, a string that the serialized
 * callback carries with it. handlers/cloudtrail/json-scanner.ts is its only caller and explains the memory layout.
 *
 * Method: Langdale and Lemire, "Parsing Gigabytes of JSON per Second", https://arxiv.org/abs/1902.08318
 */

/** What {@link scan} tells about the value it went over, as i32 at these addresses. */
const NAME_HASH: usize = 0;
const FLAGS: usize = 4;
/** Whose hints stand where they have to: a bit for each number that hints have. */
const HINTS: usize = 8;
/**
 * Of each field that hints are about (numbered as in handlers/cloudtrail/json-scanner.ts), where its value begins, 0 when it
 * is not there, and where the next key or the end of the object stands.
 */
const FIELDS: usize = 24;
const MOST_FIELDS: i32 = 7;
const USER_AGENT: i32 = 1;
const USER_IDENTITY: i32 = 2;
/** `requestParameters`: asked for hints only in a record whose name may be a wanted one. */
const PARAMETERS: i32 = 6;
/** Where the value of the key `eventName` begins, or 0. */
const NAME: usize = 80;

const HAS_BACKSLASH: i32 = 1;
/** The event name may end in an API date, or is not ASCII: its hash says nothing. */
const NAME_UNSURE: i32 = 2;
const PARAMETERS_ESCAPED: i32 = 4;

/** A byte for each field: the buckets (bits) with hints about it. */
const FIELD_BUCKETS: usize = 12;
/** Six tables of 16 bytes: for each of three neighbouring bytes of a hint, the buckets (bits) by low and by high half of the byte. */
const HINT_MASKS: usize = 96;
/**
 * Addresses (i32) of eight lists, one a bucket: of each hint its length, how many of its bytes stand before those three,
 * its field, its number as a bit (i32 each), and its bytes; ended by a length of 0.
 */
const HINT_BUCKETS: usize = 192;

/**
 * What {@link records} tells, as i32: how many records it went over, how many of them it noted, and why it stopped.
 * {@link scan} tells about one value, in words like a note's.
 */
const COUNT: usize = 224;
const NOTED: usize = 228;
const STOPPED: usize = 232;
/** The number (i32) of what was kept last; 0 for nothing. */
const LAST_KEPT: usize = 236;

/** More text is needed to go on. */
const OUT_OF_TEXT: i32 = 0;
/** What comes next is not the next record: the end of the array, or something that {@link scan} has to look at. */
const LOOK: i32 = 1;
/** There is no room for another note. */
const FULL: i32 = 2;

/** A bit for each value of the lower 15 bits of a wanted name's hash. */
const NAME_BITS: usize = 256;

/**
 * The keys that are looked for, 64 bytes each, in the place that {@link keyAt} asks. Of the key and its closing quote the
 * first 8 bytes, the next 8, all ones if these are to be compared or 0, and the last 8 bytes (u64 each); what it is: the
 * number of a field, {@link EVENT_NAME} or {@link TAIL}; how far behind its opening quote the colon stands; where the slots of
 * what was seen there begin, or 0; where two times 32 bytes stand by which such a slot is chosen; and 1 when the value is an id
 * (i32 each).
 */
const KEYS: i32 = 4352;
const KEY_BYTES: i32 = 64;
/** Times this, the first 8 bytes of each of those keys have other upper 4 bits. */
const KEY_FACTOR: u64 = 0x7ac7dc7a0508f995;
const EVENT_NAME: i32 = 7;
/**
 * Behind this key, or its value, that is an id, begin those members that seldom differ: kept is what stands from there to the
 * end of the record.
 */
const TAIL: i32 = 8;

/**
 * Of what may be kept of a record, by the numbers of {@link KEYS}: the pair of slots to keep it in, or 0 when it was seen
 * before; the hints in it then, or -1; and its number and where it ends, or 0 (i32 each).
 */
const KEPT: usize = 5376;
/** A 0 and a -1. */
const NOT_SEEN: i64 = -0x100000000;
/** Where it does no harm to write something. */
const NOWHERE: i32 = 5520;

/**
 * Notes of records: 26 words each (i32): hash of the name, flags, hints, where the record begins and ends, how many
 * records were before it in this call, the fields as in {@link FIELDS}, {@link NAME}; the number of its identity and where
 * that ends, the number of its tail, where that ends, and where the comma before it stands.
 */
const NOTES: i32 = 5568;
const MOST_NOTES: i32 = 256;
const NOTE_BYTES: i32 = 104;

/**
 * What {@link records} has seen in records, in pairs of slots: its length in bytes, the hints that stand in it, its number (i32
 * each, then 4 bytes of nothing), and the bytes.
 */
const SLOT_BYTES: i32 = 1040;
const SLOT_HEAD: i32 = 16;
/** The number of pairs, less one: a mask. */
const LAST_PAIR: i32 = 63;
/** Going over so few bytes costs no more than comparing them. */
const LEAST_KEPT: i32 = 80;

/** {@link scan} answers this when the value goes on after `end`, and `BROKEN - address` at a byte that breaks it. */
const INCOMPLETE: i32 = -1;
const BROKEN: i32 = -2;

/** What may come next; a state is a sum of these. */
const VALUE: i32 = 1;
const KEY: i32 = 2;
const CLOSE: i32 = 4;
const COLON: i32 = 8;
const COMMA: i32 = 16;

/** One bit for each of 64 bytes, where a vector has all ones. */
function bits(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    u64(i8x16.bitmask(a)) |
    (u64(i8x16.bitmask(b)) << 16) |
    (u64(i8x16.bitmask(c)) << 32) |
    (u64(i8x16.bitmask(d)) << 48)
  );
}

function equal(a: v128, b: v128, c: v128, d: v128, byte: v128): u64 {
  return bits(i8x16.eq(a, byte), i8x16.eq(b, byte), i8x16.eq(c, byte), i8x16.eq(d, byte));
}

/** The parity of the quotes up to each byte: 1 from an opening quote to the byte before the closing one. */
function insideOf(quotes: u64): u64 {
  let text = quotes ^ (quotes << 1);
  text ^= text << 2;
  text ^= text << 4;
  text ^= text << 8;
  text ^= text << 16;
  return text ^ (text << 32);
}

/**
 * What of `slashes`, the backslashes, escapes the next byte: `codes ^ (slashes | escape)` are the bytes that are escaped, and
 * `codes & slashes` has the last bit when the next block begins with one.
 *
 * @param escape 1: the block begins with an escaped byte
 */
function escapeCodes(slashes: u64, escape: u64): u64 {
  // In each run of backslashes the first escapes the second, and so on: an addition carries through the run.
  const odd: u64 = 0xaaaaaaaaaaaaaaaa;
  const escaping = slashes & ~escape;
  return (((escaping << 1) | odd) - escaping) ^ odd;
}

/**
 * `{ } [ ] : ,`: with bit 5 set they are `{ } : ,`, each with its own low half, by which the table is asked.
 * Two control characters pass too; {@link scan} looks at each byte that passes.
 */
function operators(bytes: v128): v128 {
  const table = i8x16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x3a, 0x7b, 0x2c, 0x7d, 0, 0);
  return i8x16.eq(
    v128.or(bytes, i8x16.splat(0x20)),
    i8x16.swizzle(table, v128.and(bytes, i8x16.splat(0x0f))),
  );
}

/** `{ } [ ]` */
function bracket(bytes: v128): v128 {
  const either = v128.or(bytes, i8x16.splat(0x20));
  return v128.or(i8x16.eq(either, i8x16.splat(0x7b)), i8x16.eq(either, i8x16.splat(0x7d)));
}

/** Space, tab, line feed, carriage return, each under its low half. A space under another one matches nothing. */
function blanks(bytes: v128): v128 {
  const table = i8x16(32, 32, 32, 32, 32, 32, 32, 32, 32, 0x09, 0x0a, 32, 32, 0x0d, 32, 32);
  return i8x16.eq(bytes, i8x16.swizzle(table, v128.and(bytes, i8x16.splat(0x0f))));
}

function isDigit(byte: i32): bool {
  return u32(byte - 0x30) < 10;
}

/** Whether a number or literal may end before `byte`. */
function endsScalar(byte: i32): bool {
  return (
    byte == 0x2c ||
    byte == 0x7d ||
    byte == 0x5d ||
    byte == 0x20 ||
    byte == 0x0a ||
    byte == 0x0d ||
    byte == 0x09
  );
}

/** The address after the digits from `at` on; the byte at `end` is never a digit. */
function digits(at: i32): i32 {
  while (isDigit(load<u8>(at))) at++;
  return at;
}

/** The address after the number or literal at `at`; or {@link INCOMPLETE}, or {@link BROKEN}. */
function scalar(at: i32, end: i32): i32 {
  const first = i32(load<u8>(at));
  const word = load<u32>(at);
  let i = at;
  if (word == 0x65757274 || word == 0x6c6c756e) {
    i += 4; // true, null
  } else if (word == 0x736c6166 && load<u8>(at, 4) == 0x65) {
    i += 5; // false
  } else {
    if (first == 0x2d) i++;
    if (load<u8>(i) == 0x30) i++;
    else {
      const start = i;
      i = digits(i);
      if (i == start) return i + 5 > end && end - at < 5 ? INCOMPLETE : BROKEN - i;
    }
    if (load<u8>(i) == 0x2e) {
      const start = ++i;
      i = digits(i);
      if (i == start) return i >= end ? INCOMPLETE : BROKEN - i;
    }
    if ((load<u8>(i) | 0x20) == 0x65) {
      i++;
      if (load<u8>(i) == 0x2b || load<u8>(i) == 0x2d) i++;
      const start = i;
      i = digits(i);
      if (i == start) return i >= end ? INCOMPLETE : BROKEN - i;
    }
  }
  if (i >= end) return INCOMPLETE;
  return endsScalar(load<u8>(i)) ? i : BROKEN - i;
}

/** The address after the string that opens at `at`. */
function string(at: i32, end: i32): i32 {
  let flags = 0;
  for (let i = at + 1; i < end; i++) {
    const byte = load<u8>(i);
    if (byte == 0x22) {
      store<i32>(FLAGS, flags);
      return i + 1;
    }
    if (byte < 0x20) return BROKEN - i;
    if (byte == 0x5c) {
      flags = HAS_BACKSLASH;
      i++;
    }
  }
  return INCOMPLETE;
}

/** Whether the 8 bytes at `at` are digits, `v` and `_`, as an API date is. */
function isDate(at: i32): bool {
  const bytes = v128.load64_zero(at);
  const numeric = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x30)), i8x16.splat(10));
  const others = v128.or(i8x16.eq(bytes, i8x16.splat(0x76)), i8x16.eq(bytes, i8x16.splat(0x5f)));
  return (i8x16.bitmask(v128.or(numeric, others)) & 0xff) == 0xff;
}

/** Tells hash and flags of the string after the key `eventName` at `key`; those of an empty one when it is another value. */
function tellName(key: i32): i32 {
  let hash: u64 = 0;
  let flags = 0;
  store<i32>(NAME, key == 0 ? 0 : key + 11);
  if (key != 0) {
    let at = key + 11;
    while (load<u8>(at) <= 0x20) at++;
    at++; // the colon
    while (load<u8>(at) <= 0x20) at++;
    if (load<u8>(at) == 0x22) {
      at++;
      let end = at;
      for (;;) {
        const bytes = v128.load(end);
        const quotes = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(0x22)));
        const name = quotes == 0 ? 0xffff : (quotes & -quotes) - 1;
        if ((i8x16.bitmask(bytes) & name) != 0) flags = NAME_UNSURE;
        // A name with an escape ends at the wrong quote here; whoever sees HAS_BACKSLASH parses it.
        if ((i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(0x5c))) & name) != 0)
          return HAS_BACKSLASH | NAME_UNSURE;
        if (quotes != 0) {
          end += i32(ctz(quotes));
          break;
        }
        end += 16;
      }
      if (end - at >= 8 && isDate(end - 8)) flags = NAME_UNSURE;
      for (; at < end; at += 8) {
        let word = load<u64>(at);
        if (end - at < 8) word &= ((1 as u64) << ((end - at) << 3)) - 1;
        hash = (hash ^ word) * 0x9e3779b97f4a7c15;
        hash ^= hash >> 32;
      }
    }
  }
  store<i32>(NAME_HASH, i32(hash));
  return flags;
}

/** The hints about a field, as their numbers' bits, of `buckets`, whose three bytes stand at `at`, between `start` and `end`. */
function hintsAt(at: i32, start: i32, end: i32, field: i32, buckets: i32): i32 {
  let found = 0;
  for (; buckets != 0; buckets &= buckets - 1) {
    let hint = load<i32>(HINT_BUCKETS + (ctz(buckets) << 2));
    for (let length = load<i32>(hint); length != 0; length = load<i32>(hint)) {
      const first = at - load<i32>(hint, 4);
      if (
        load<i32>(hint, 8) == field &&
        first >= start &&
        first + length <= end &&
        memory.compare(hint + 16, first, length) == 0
      )
        found |= load<i32>(hint, 12);
      hint += 16 + length;
    }
  }
  return found;
}

/**
 * The hints about a field that stand in its value, from `start` to `end`, as their numbers' bits.
 *
 * Method: "Teddy", https://github.com/BurntSushi/aho-corasick/tree/master/src/packed/teddy
 */
function hintsIn(start: i32, end: i32, field: i32, wanted: i32): i32 {
  const low0 = v128.load(HINT_MASKS);
  const high0 = v128.load(HINT_MASKS, 16);
  const low1 = v128.load(HINT_MASKS, 32);
  const high1 = v128.load(HINT_MASKS, 48);
  const low2 = v128.load(HINT_MASKS, 64);
  const high2 = v128.load(HINT_MASKS, 80);
  const half = i8x16.splat(0x0f);
  let found = 0;
  for (let block = start; block < end; block += 16) {
    const a = v128.load(block);
    const b = v128.load(block, 1);
    const c = v128.load(block, 2);
    const buckets = v128.and(
      v128.and(
        v128.and(
          i8x16.swizzle(low0, v128.and(a, half)),
          i8x16.swizzle(high0, v128.and(i16x8.shr_u(a, 4), half)),
        ),
        v128.and(
          i8x16.swizzle(low1, v128.and(b, half)),
          i8x16.swizzle(high1, v128.and(i16x8.shr_u(b, 4), half)),
        ),
      ),
      v128.and(
        v128.and(
          i8x16.swizzle(low2, v128.and(c, half)),
          i8x16.swizzle(high2, v128.and(i16x8.shr_u(c, 4), half)),
        ),
        i8x16.splat(i8(wanted)),
      ),
    );
    if (!v128.any_true(buckets)) continue;
    let candidates = ~i8x16.bitmask(i8x16.eq(buckets, i8x16.splat(0))) & 0xffff;
    for (; candidates != 0; candidates &= candidates - 1) {
      const at = block + i32(ctz(candidates));
      let possible = wanted;
      for (let i = 0; i < 3; i++) {
        const byte = load<u8>(at + i);
        possible &=
          load<u8>(HINT_MASKS + (i << 5) + (byte & 0x0f)) &
          load<u8>(HINT_MASKS + (i << 5) + 16 + (byte >> 4));
      }
      found |= hintsAt(at, start, end, field, possible);
    }
  }
  return found;
}

/** The hints about a field of the object that was gone over, as their numbers' bits. */
function hintsOf(field: i32): i32 {
  const buckets = i32(load<u8>(FIELD_BUCKETS + field));
  const start = load<i32>(FIELDS + (field << 3));
  return buckets == 0 || start == 0 ? 0 : hintsIn(start, load<i32>(FIELDS + (field << 3), 4), field, buckets);
}

/**
 * The address in {@link KEYS} of the key whose opening quote stands at `at`, or 0. Bytes behind the text are 0, so that
 * nothing past its end is taken for a key.
 */
function keyAt(at: i32): i32 {
  const head = load<u64>(at, 1);
  const key = KEYS + i32((head * KEY_FACTOR) >> 60) * KEY_BYTES;
  const isKey =
    load<u64>(key) == head &&
    (load<u64>(at, 9) & load<u64>(key, 16)) == load<u64>(key, 8) &&
    load<u64>(at + load<i32>(key, 36) - 8) == load<u64>(key, 24);
  return isKey ? key : 0;
}

/** Whether a backslash stands in the value of a field, if it is there: then its text is not what its bytes are. */
function isEscaped(field: i32): bool {
  const start = load<i32>(FIELDS + (field << 3));
  if (start == 0) return false;
  const end = load<i32>(FIELDS + (field << 3), 4);
  for (let at = start; at < end; at++) if (load<u8>(at) == 0x5c) return true;
  return false;
}

/** Whether a field but the parameters is escaped. */
function hasEscapedField(): bool {
  for (let field = 0; field < PARAMETERS; field++) if (isEscaped(field)) return true;
  return false;
}

/** Whether JSON knows the escape whose byte after the backslash stands at `at`; of `\u` all four digits. */
function isEscape(at: i32): bool {
  const byte = load<u8>(at);
  if (byte != 0x75)
    return byte == 0x62 || byte == 0x66 || byte == 0x6e || byte == 0x72 || byte == 0x74 || byte == 0x2f;
  for (let i = at + 1; i < at + 5; i++) {
    const digit = i32(load<u8>(i));
    if (!isDigit(digit) && u32((digit | 0x20) - 0x61) > 5) return false;
  }
  return true;
}

/** The pair, of those from `pairs` on, where something may be kept that has the 32 bytes at two addresses. */
function pairFor(pairs: i32, first: i32, second: i32): i32 {
  const a = load<u64>(first) ^ (load<u64>(first, 16) << 1) ^ (load<u64>(second) << 2);
  const b = load<u64>(first, 8) ^ (load<u64>(first, 24) << 1) ^ (load<u64>(second, 8) << 2);
  const c = (load<u64>(second, 16) << 3) ^ (load<u64>(second, 24) << 5);
  const hash = (a ^ (b >> 3) ^ (b << 7) ^ c) * 0x9e3779b97f4a7c15;
  return pairs + (i32(hash >> 40) & LAST_PAIR) * 2 * SLOT_BYTES;
}

/** Whether the 36 bytes at `at` are none that a string needs an escape for. */
function isPlain36(at: i32): bool {
  const quote = i8x16.splat(0x22);
  const slash = i8x16.splat(0x5c);
  const a = v128.load(at);
  const b = v128.load(at, 16);
  const c = v128.load(at, 20);
  const special = v128.or(
    v128.or(v128.or(i8x16.eq(a, quote), i8x16.eq(b, quote)), v128.or(i8x16.eq(a, slash), i8x16.eq(b, slash))),
    v128.or(i8x16.eq(c, quote), i8x16.eq(c, slash)),
  );
  const control = i8x16.lt_u(i8x16.min_u(i8x16.min_u(a, b), c), i8x16.splat(0x20));
  return !v128.any_true(v128.or(special, control));
}

/**
 * The address of the quote behind the id, of 36 bytes, whose key's colon stands at `at`; when the record's own id follows,
 * behind that. 0 when there is none.
 */
function idsEnd(at: i32): i32 {
  let quote = 0;
  for (let colon = at; load<u16>(colon) == 0x223a && isPlain36(colon + 2) && load<u8>(colon, 38) == 0x22; ) {
    quote = colon + 38;
    // ","eventID":
    if (load<u64>(quote) != 0x746e657665222c22 || load<u32>(quote, 8) != 0x3a224449) break;
    colon = quote + 11;
  }
  return quote;
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

/** The slot of a pair whose bytes all stand at `at`, or 0. */
function slotAt(pair: i32, at: i32, end: i32): i32 {
  for (let slot = pair; slot <= pair + SLOT_BYTES; slot += SLOT_BYTES) {
    const length = load<i32>(slot);
    if (length == 0 || at + length > end) continue;
    const bytes = slot + SLOT_HEAD;
    const last = length - 64;
    // What remains at the end is compared with some of what comes before it.
    if (!isSame64(at + last, bytes + last)) continue;
    let i = 0;
    while (i < last && isSame64(at + i, bytes + i)) i += 64;
    if (i >= last) return slot;
  }
  return 0;
}

/**
 * Keeps what stands from `from` to `to`, a comma behind it aside, in one slot of a pair; in the other one at the next `turn`.
 * There must be no backslash in it. Returns the slot, or 0.
 */
function keep(pair: i32, turn: i32, from: i32, to: i32): i32 {
  const stop = to - i32(load<u8>(to - 1) == 0x2c);
  const length = stop - from;
  const last = load<u8>(stop - 1);
  // What comes behind a string or a bracket is no part of it, whatever it is.
  if (length < LEAST_KEPT || length > SLOT_BYTES - SLOT_HEAD || (last != 0x7d && last != 0x22)) return 0;
  const slot = pair + (turn & 1) * SLOT_BYTES;
  store<i32>(slot, length);
  const number = load<i32>(LAST_KEPT) + 1;
  store<i32>(LAST_KEPT, number);
  store<i32>(slot, number, 8);
  memory.copy(slot + SLOT_HEAD, from, length);
  return slot;
}

/** Says that nothing was seen before of what has this number in {@link KEYS}. */
function setUnseen(kind: i32): void {
  store<i64>(KEPT + (kind << 4), NOT_SEEN);
  store<i64>(KEPT + (kind << 4), 0, 8);
}

/** Keeps the value of a field and the hints in it, when there is a pair of slots for it. */
function keepField(field: i32, turn: i32): void {
  const pair = load<i32>(KEPT + (field << 4));
  const at = FIELDS + (field << 3);
  const slot = pair == 0 ? 0 : keep(pair, turn, load<i32>(at), load<i32>(at, 4));
  if (slot != 0) store<i32>(slot, hintsOf(field), 4);
}

/**
 * What comes next after each of `tokens`, blanks aside: a sum in which a token's bit has moved behind it and, by carrying,
 * over the blanks there. Where it is a blank's bit it means nothing.
 *
 * @param before 1: such a token is the last thing before the block
 */
function next(tokens: u64, before: u64, blanks: u64): u64 {
  return ((tokens << 1) | before) + blanks;
}

/** 1: one of `tokens` is the last thing in the block, blanks aside. */
function isLast(tokens: u64, sum: u64, blanks: u64): u64 {
  return (tokens >> 63) | u64(sum < blanks);
}

/** Whether the last thing before `at`, blanks aside, is a comma or a colon: what cannot stand before a closing bracket. */
function isAfterSeparator(at: i32): bool {
  let byte: i32;
  do byte = i32(load<u8>(--at));
  while (byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09);
  return byte == 0x2c || byte == 0x3a;
}

/**
 * Goes over records, from the first byte of one on, and notes those whose name, hints or escapes somebody may want.
 *
 * It checks as much as {@link scan} does, and the escapes as well, but for all 64 bytes of a block at once. Of JSON's
 * grammar only brackets need a stack, and there are few; the rest says what may come next after what, blanks aside, in an
 * object and in an array, and is asked of whole masks. Where a mask says no, it stops, and {@link scan} finds the byte.
 *
 * Identities, user agents and the last members of records are the same in many records. Of such a value whose bytes it has
 * gone over before, in the same place of the grammar, it only makes sure that they are the same, and goes on behind it.
 *
 * @param stack as for {@link scan}
 * @param all whether to note every record
 * @param spaced whether there may be blanks between tokens; if not, it goes faster, and stops at the first one
 * @param most bytes of a record
 * @returns the address after the last record that it went over, or `start`
 */
export function records(start: i32, end: i32, stack: i32, all: bool, spaced: bool, most: i32): i32 {
  let escape: u64 = 0; // as in scan
  let inString: u64 = 0;
  let inScalar: u64 = 0;
  let inKey: u64 = 0; // 1: the block begins inside a key
  // 1: the last thing before the block is a comma or an opening bracket; a colon; a key.
  let afterOpener: u64 = 1;
  let afterColon: u64 = 0;
  let afterKey: u64 = 0;
  let object: i32 = 0;
  let depth = 0; // 0 between records
  let record = start;
  let slashed = false; // a backslash may be in the record
  let nameKey: i32 = 0;
  let fieldEnd = NOWHERE; // where to write where the value ends that is gone over
  let tail = 0; // where it begins, if it has begun
  let comma = 0; // before the tail
  let note: i32 = NOTES;
  let count = 0;
  let after = start;
  let stopped = OUT_OF_TEXT;

  for (let block = start; block < end && stopped == OUT_OF_TEXT; block += 64) {
    const a = v128.load(block);
    const b = v128.load(block, 16);
    const c = v128.load(block, 32);
    const d = v128.load(block, 48);
    let valid: u64 = end - block >= 64 ? u64.MAX_VALUE : ((1 as u64) << (end - block)) - 1;
    let wrong: u64 = 0;

    const slash = i8x16.splat(0x5c);
    const space = i8x16.splat(0x20);
    const smallest = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d));
    const anySlash = v128.or(
      v128.or(i8x16.eq(a, slash), i8x16.eq(b, slash)),
      v128.or(i8x16.eq(c, slash), i8x16.eq(d, slash)),
    );
    const isPlain = escape == 0 && !v128.any_true(v128.or(anySlash, i8x16.lt_u(smallest, space)));

    let quotes = equal(a, b, c, d, i8x16.splat(0x22));
    let slashes: u64 = 0;
    let controls: u64 = 0;
    if (!isPlain) {
      controls = bits(i8x16.lt_u(a, space), i8x16.lt_u(b, space), i8x16.lt_u(c, space), i8x16.lt_u(d, space));
      slashes = equal(a, b, c, d, slash);
      const codes = escapeCodes(slashes, escape);
      const escaped = codes ^ (slashes | escape);
      for (let left = escaped & ~(quotes | slashes) & valid; left != 0; left &= left - 1)
        if (!isEscape(block + i32(ctz(left)))) wrong = 1;
      quotes &= ~escaped;
      if ((slashes | escape) != 0) slashed = true;
      escape = (codes & slashes) >> 63;
    }

    const text = insideOf(quotes) ^ inString;
    inString = u64(i64(text) >> 63);

    wrong |= controls & text & valid;

    const outside = ~(text | quotes);
    const brackets = bits(bracket(a), bracket(b), bracket(c), bracket(d)) & outside;
    let objects: u64 = object != 0 ? u64.MAX_VALUE : 0; // what is directly inside an object
    let own: u64 = depth == 1 ? u64.MAX_VALUE : 0; // what is directly inside a record
    let between: u64 = depth == 0 ? u64.MAX_VALUE : 0; // what is outside of records
    let opening: u64 = 0;
    let begins: u64 = 0; // of records
    let ends: u64 = 0;
    for (let left = brackets & valid; left != 0; left &= left - 1) {
      const bit = left & (0 - left);
      const behind = 0 - bit - bit;
      const at = block + i32(ctz(left));
      const byte = i32(load<u8>(at));
      const kind = (byte >> 5) & 1;
      let container = kind;
      if ((byte & 2) != 0) {
        opening |= bit;
        store<u8>(stack + depth, object);
        depth++;
        if (depth == 1) {
          wrong |= u64(kind ^ 1); // a record is an object
          begins |= bit;
          between ^= behind;
          own ^= behind;
        } else if (depth == 2) own ^= behind;
      } else if (depth == 0) {
        // The end of the array, and of what is to be looked at.
        valid &= bit - 1;
        stopped = LOOK;
        break;
      } else {
        wrong |= u64(kind ^ object) | u64(isAfterSeparator(at));
        depth--;
        container = i32(load<u8>(stack + depth));
        if (depth == 0) {
          ends |= bit;
          between ^= behind;
          own ^= behind;
        } else if (depth == 1) own ^= behind;
      }
      if (container != object) {
        object = container;
        objects ^= behind;
      }
    }

    const commas = equal(a, b, c, d, i8x16.splat(0x2c)) & outside;
    const colons = equal(a, b, c, d, i8x16.splat(0x3a)) & outside;
    let scalars = outside & ~(brackets | commas | colons);
    let blank: u64 = 0;
    if (spaced) {
      blank =
        (equal(a, b, c, d, space) | (controls != 0 ? bits(blanks(a), blanks(b), blanks(c), blanks(d)) : 0)) &
        outside;
      scalars &= ~blank;
    }
    const scalarStarts = scalars & ~((scalars << 1) | inScalar) & valid;
    inScalar = scalars >> 63;
    const opened = quotes & text & valid;
    const others = scalarStarts | opening;

    const openers = opening | commas;
    const toOpened = next(openers, afterOpener, blank);
    const toValue = next(colons, afterColon, blank);
    afterOpener = isLast(openers, toOpened, blank);
    afterColon = isLast(colons, toValue, blank);

    // In an object, what comes after a comma or the bracket is a key. From its opening quote a bit carries to its closing one,
    // and leaves zeros in between.
    const toKey = toOpened & objects;
    const keys = toKey & opened;
    const toClose = text + (keys | inKey);
    inKey = u64(toClose < text);
    const closed = toClose & quotes & ~text;
    const toColon = next(closed, afterKey, blank);
    afterKey = isLast(closed, toColon, blank);

    const afterNoValue = toOpened | toValue;
    wrong |=
      ((opened | others) & ~afterNoValue) |
      ((commas | colons) & afterNoValue & valid) |
      (others & toKey) |
      ((opened | scalarStarts) & between) |
      ((colons ^ (toColon & ~blank)) & valid) |
      // An escape in a key may hide what it is.
      (slashes & text & ~toClose & valid);
    let isCut = false;
    for (let left = scalarStarts; left != 0; left &= left - 1) {
      const behind = scalar(block + i32(ctz(left)), end);
      if (behind == INCOMPLETE) isCut = true;
      else if (behind < 0 || (!spaced && load<u8>(behind) <= 0x20)) wrong = 1;
    }
    if (wrong != 0) {
      stopped = LOOK;
      break;
    }
    // Nobody knows yet whether it is one.
    if (isCut) break;
    // Up to there everything was gone over before, in this record or another one.
    let seen = 0;

    for (let left = (keys & own) | begins | ends; left != 0; left &= left - 1) {
      const bit = left & (0 - left);
      const at = block + i32(ctz(left));
      if ((bit & ends) != 0) {
        store<i32>(fieldEnd, at);
        if (at + 1 - record > most) {
          stopped = LOOK;
          break;
        }
        let hints = hintsOf(0) | hintsOf(3) | hintsOf(4) | hintsOf(5);
        const agentHints = load<i32>(KEPT + (USER_AGENT << 4), 4);
        hints |= agentHints < 0 ? hintsOf(USER_AGENT) : agentHints;
        const identityHints = load<i32>(KEPT + (USER_IDENTITY << 4), 4);
        hints |= identityHints < 0 ? hintsOf(USER_IDENTITY) : identityHints;
        let flags = tellName(nameKey);
        if (slashed && hasEscapedField()) flags |= HAS_BACKSLASH;
        const hash = load<i32>(NAME_HASH);
        const isNamed = (load<u8>(NAME_BITS + ((hash >>> 3) & 4095)) >> u8(hash & 7)) & 1;
        if ((i32(isNamed) | (flags & NAME_UNSURE)) != 0) {
          hints |= hintsOf(PARAMETERS);
          if (slashed && isEscaped(PARAMETERS)) flags |= PARAMETERS_ESCAPED;
        }
        if (all || (hints | flags | i32(isNamed)) != 0) {
          store<i32>(note, hash);
          store<i32>(note, flags, 4);
          store<i32>(note, hints, 8);
          store<i32>(note, record, 12);
          store<i32>(note, at + 1, 16);
          store<i32>(note, count, 20);
          memory.copy(note + 24, FIELDS, 60);
          store<i64>(note, load<i64>(KEPT + (USER_IDENTITY << 4), 8), 84);
          store<i64>(note, load<i64>(KEPT + (TAIL << 4), 8), 92);
          store<i32>(note, comma, 100);
          note += NOTE_BYTES;
        }
        count++;
        after = at + 1;
        if (!slashed) {
          keepField(USER_AGENT, count);
          keepField(USER_IDENTITY, count);
          const pair = load<i32>(KEPT + (TAIL << 4));
          if (pair != 0) keep(pair, count, tail, at);
        }
        if (note == NOTES + MOST_NOTES * NOTE_BYTES) {
          stopped = FULL;
          break;
        }
      } else if ((bit & begins) != 0) {
        record = at;
        slashed = slashes != 0;
        nameKey = 0;
        fieldEnd = NOWHERE;
        tail = 0;
        for (let i = 0; i < MOST_FIELDS; i++) store<i32>(FIELDS + (i << 3), 0);
        setUnseen(USER_AGENT);
        setUnseen(USER_IDENTITY);
        setUnseen(TAIL);
      } else {
        store<i32>(fieldEnd, at);
        fieldEnd = NOWHERE;
        const key = keyAt(at);
        if (key == 0) continue;
        const kind = load<i32>(key, 32);
        let from = at + load<i32>(key, 36);
        if (kind == TAIL) {
          if (tail != 0) continue;
          const hasId = load<i32>(key, 52) != 0;
          from = hasId ? idsEnd(from) : at;
          if (from == 0) continue;
          tail = from;
          comma = hasId ? from + 1 : at - 1;
        } else {
          // No tail has a key in it that is looked for.
          setUnseen(TAIL);
          tail = 0;
        }
        if (kind == EVENT_NAME) nameKey = at;
        else if (kind != TAIL) {
          store<i32>(FIELDS + (kind << 3), from);
          fieldEnd = i32(FIELDS) + (kind << 3) + 4;
        }
        const pairs = load<i32>(key, 40);
        if (pairs == 0) continue;
        const pair = pairFor(pairs, from + load<i32>(key, 44), from + load<i32>(key, 48));
        const slot = slotAt(pair, from, end);
        const kept = KEPT + (kind << 4);
        if (slot == 0) {
          setUnseen(kind);
          store<i32>(kept, pair);
        } else {
          seen = from + load<i32>(slot);
          store<i32>(kept, 0);
          store<i32>(kept, load<i32>(slot, 4), 4);
          store<i32>(kept, load<i32>(slot, 8), 8);
          store<i32>(kept, seen, 12);
        }
      }
    }
    if (seen > block + 64) {
      block = seen - 64;
      escape = 0;
      inString = 0;
      inScalar = 0;
      inKey = 0;
      afterOpener = 0;
      afterColon = 0;
      afterKey = 0;
      object = 1;
      depth = 1;
    }
  }
  store<i32>(COUNT, count);
  store<i32>(NOTED, (note - NOTES) / NOTE_BYTES);
  store<i32>(STOPPED, stopped);
  return after;
}

/**
 * Goes over the JSON value that starts at `start` (no blank before it).
 *
 * All of JSON's grammar is checked but what follows a backslash: whoever sees HAS_BACKSLASH has to parse the value.
 *
 * @param stack where to keep a byte for each level of nesting; as much room as there are bytes
 * @returns the address after the value, or INCOMPLETE, or BROKEN - address
 */
export function scan(start: i32, end: i32, stack: i32): i32 {
  const first = load<u8>(start);
  if (first == 0x22) return string(start, end);
  if ((first | 0x20) != 0x7b) {
    store<i32>(FLAGS, 0);
    return scalar(start, end);
  }

  let backslashes: u64 = 0; // of the blocks before this one
  let escape: u64 = 0; // 1: the block begins with an escaped byte
  let inString: u64 = 0; // all ones: the block begins inside a string
  let inScalar: u64 = 0; // 1: the byte before the block may belong to a number or literal
  let state = VALUE;
  let object: i32 = 0; // 1 inside an object, 0 inside an array
  let depth = 0;
  let nameKey = 0;
  let fieldEnd = NOWHERE; // as in records
  for (let i = 0; i < MOST_FIELDS; i++) store<i32>(FIELDS + (i << 3), 0);

  for (let block = start; block < end; block += 64) {
    const a = v128.load(block);
    const b = v128.load(block, 16);
    const c = v128.load(block, 32);
    const d = v128.load(block, 48);
    const valid: u64 = end - block >= 64 ? u64.MAX_VALUE : ((1 as u64) << (end - block)) - 1;

    let quotes = equal(a, b, c, d, i8x16.splat(0x22));
    const slashes = equal(a, b, c, d, i8x16.splat(0x5c));
    if ((slashes | escape) != 0) {
      const codes = escapeCodes(slashes, escape);
      quotes &= ~(codes ^ (slashes | escape));
      escape = (codes & slashes) >> 63;
    }

    const text = insideOf(quotes) ^ inString;
    inString = u64(i64(text) >> 63);

    const smallest = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d));
    let blank: u64;
    if (v128.any_true(i8x16.lt_u(smallest, i8x16.splat(0x20)))) {
      blank = bits(blanks(a), blanks(b), blanks(c), blanks(d));
      const space = i8x16.splat(0x20);
      const controls =
        bits(i8x16.lt_u(a, space), i8x16.lt_u(b, space), i8x16.lt_u(c, space), i8x16.lt_u(d, space)) &
        text &
        valid;
      if (controls != 0) return BROKEN - (block + i32(ctz(controls)));
    } else {
      blank = equal(a, b, c, d, i8x16.splat(0x20));
    }

    const operator = bits(operators(a), operators(b), operators(c), operators(d));
    const other = ~(operator | blank);
    const inside = other & ~quotes;
    const starts = other & ~((inside << 1) | inScalar);
    inScalar = inside >> 63;

    // Operators, opening quotes, and first bytes of numbers and literals.
    let tokens = (operator | starts) & ~(text ^ quotes) & valid;
    while (tokens != 0) {
      const at = block + i32(ctz(tokens));
      tokens &= tokens - 1;
      const byte = i32(load<u8>(at));
      if (byte == 0x22) {
        if ((state & KEY) != 0) {
          state = COLON;
          // Keys of the value itself; of two that are the same the last one counts, as in JSON.parse.
          if (depth == 1) {
            store<i32>(fieldEnd, at);
            fieldEnd = NOWHERE;
            const key = keyAt(at);
            const kind = key == 0 ? TAIL : load<i32>(key, 32);
            if (kind == EVENT_NAME) nameKey = at;
            else if (kind != TAIL) {
              store<i32>(FIELDS + (kind << 3), at + load<i32>(key, 36));
              fieldEnd = i32(FIELDS) + (kind << 3) + 4;
            }
          }
        } else if ((state & VALUE) != 0) state = COMMA | CLOSE;
        else return BROKEN - at;
      } else if (byte == 0x3a) {
        if (state != COLON) return BROKEN - at;
        state = VALUE;
      } else if (byte == 0x2c) {
        if ((state & COMMA) == 0) return BROKEN - at;
        state = VALUE + object;
      } else if ((byte | 0x20) == 0x7b) {
        if ((state & VALUE) == 0) return BROKEN - at;
        store<u8>(stack + depth, object);
        depth++;
        object = (byte >> 5) & 1;
        state = (VALUE + object) | CLOSE;
      } else if ((byte | 0x20) == 0x7d) {
        if ((state & CLOSE) == 0 || ((byte >> 5) & 1) != object) return BROKEN - at;
        depth--;
        object = load<u8>(stack + depth);
        state = COMMA | CLOSE;
        if (depth == 0) {
          store<i32>(fieldEnd, at);
          let hints = 0;
          for (let i = 0; i < MOST_FIELDS; i++) hints |= hintsOf(i);
          store<i32>(HINTS, hints);
          const own = slashes & (((1 as u64) << (at - block)) - 1);
          store<i32>(FLAGS, tellName(nameKey) | ((backslashes | own) != 0 ? HAS_BACKSLASH : 0));
          return at + 1;
        }
      } else {
        if ((state & VALUE) == 0) return BROKEN - at;
        const next = scalar(at, end);
        if (next < 0) return next;
        state = COMMA | CLOSE;
      }
    }
    backslashes |= slashes;
  }
  return INCOMPLETE;
}
