/*
 * The memory of the kernel: what stands where. AssemblyScript compiles this file into the kernel (assembly/), and TypeScript
 * into its caller (kernel.ts), so each offset stands here alone. Both languages must read it: integer constants only.
 *
 * All words are i32, little-endian; addresses and sizes are bytes.
 *
 *     0     what a call of the kernel tells
 *     …     the hints, and the names of the events that are wanted
 *     …     the keys that are looked for
 *     …     what of the record in question was seen before
 *     …     notes of records
 *     …     what was seen in records
 *     LISTS the lists of hints; their length depends on the hints
 *     …     text, and a block of zeros behind it: the kernel reads whole blocks
 *     …     as much room again, for the levels of nesting
 */

/** The kernel looks at so many bytes at a time. */
export const BLOCK = 64;

// Fields of a record that are looked at before it is parsed, by number.
export const ERROR_CODE = 0;
export const USER_AGENT = 1;
export const USER_IDENTITY = 2;
export const SOURCE_IP_ADDRESS = 3;
export const AWS_REGION = 4;
export const READ_ONLY = 5;
/** Asked for hints only in a record whose name may be a wanted one. */
export const REQUEST_PARAMETERS = 6;
export const FIELDS = 7;
// Other keys that are looked for, numbered after them.
export const EVENT_NAME = 7;
/** A key behind which, or behind whose value, that is an id, stand those members of a record that seldom differ: its tail. */
export const TAIL = 8;

// A note of a record.
/** Hash of the event name: of its text, or of an empty one when it is not a text. */
export const NOTE_HASH = 0;
/** A sum of the flags below. */
export const NOTE_FLAGS = 4;
/** A bit for each hint that stands in its field; of a record without a wanted name, those about parameters are left out. */
export const NOTE_HINTS = 8;
/** Addresses of the record's first byte, and of the byte after it. */
export const NOTE_FROM = 12;
export const NOTE_END = 16;
/** How many records were before it in this call. */
export const NOTE_PLACE = 20;
/** Of each field where its value begins, behind the key, or 0; and where the next key, or the record's end, stands. */
export const NOTE_FIELDS = 24;
export const FIELD_BYTES = 8;
/** Where the value of the last `eventName` begins, behind the key, or 0. */
export const NOTE_NAME = NOTE_FIELDS + FIELDS * FIELD_BYTES;
/** Of an identity that was seen before: its number, and where it ends; or 0. */
export const NOTE_IDENTITY = NOTE_NAME + 4;
/** Of a tail that was seen before: its number, and where it ends; or 0. Then where the comma before the tail stands. */
export const NOTE_TAIL = NOTE_IDENTITY + 8;
export const NOTE_COMMA = NOTE_TAIL + 8;
export const NOTE_BYTES = NOTE_COMMA + 4;

// Flags of a note.
/** A backslash stands in the name, or in a field but the parameters. */
export const IS_HIDDEN = 1;
/** The name may end in an API date, or is not ASCII: its hash says nothing. */
export const IS_NAME_UNSURE = 2;
/** The name may be a wanted one, and a backslash stands in the parameters. */
export const ARE_PARAMETERS_HIDDEN = 4;

// Why a call stopped.
/** The text came to its end. */
export const OUT_OF_TEXT = 0;
/** What comes next is no record, or the end of the array, or something that a plain reader has to look at. */
export const LOOK = 1;
/** There is no room for another note. */
export const FULL = 2;
/** There are blanks between tokens, and it was told that there are none. */
export const BLANK = 3;

// What a call tells: how many records it went over, how many of them it noted, and why it stopped.
export const COUNT = 0;
export const NOTED = 4;
export const STOPPED = 8;
/** The number of what was kept last. */
export const LAST_NUMBER = 12;

// Hints. Their texts are in eight buckets, a bit for each.
/** Of each field the buckets with hints about it: a byte each. */
export const FIELD_BUCKETS = 16;
/** For each of three neighbouring bytes of a text two tables of 16 bytes: the buckets by its low, and by its high half. */
export const HINT_MASKS = 32;
/** Addresses of the buckets' lists. */
export const HINT_LISTS = 128;
/** An item of a list: the text's length, how many of its bytes stand before those three, field, hint (as a bit), the text. */
export const HINT_LENGTH = 0;
export const HINT_OFFSET = 4;
export const HINT_FIELD = 8;
export const HINT_BIT = 12;
export const HINT_TEXT = 16;

/** A bit for each value of the lower 15 bits of the hash of each wanted name. */
export const NAME_BITS = 160;
export const NAME_BYTES = 4096;

// The keys that are looked for, each in the place that the upper 4 bits of a product choose.
export const KEYS = NAME_BITS + NAME_BYTES;
export const KEY_PLACES = 16;
/** Times this, the first 8 bytes of key and closing quote have other upper 4 bits for each of the keys. */
export const KEY_FACTOR = 0x2d36522329;
export const KEY_BYTES = 64;
/** Of key and closing quote the first 8 bytes; the next 8; all ones where these count, else zeros; and the last 8 (u64 each). */
export const KEY_HEAD = 0;
export const KEY_NEXT = 8;
export const KEY_MASK = 16;
export const KEY_LAST = 24;
/** Which key it is: the number of a field, EVENT_NAME, or TAIL. */
export const KEY_KIND = 32;
/** How far behind the opening quote the colon stands. */
export const KEY_COLON = 36;
/** Where the pairs of slots for what was seen behind it are, or 0; and how far behind it its two samples stand. */
export const KEY_PAIRS = 40;
export const KEY_SAMPLE = 44;
export const KEY_OTHER_SAMPLE = 48;
/** 1 when the value is an id, behind which the tail begins. */
export const KEY_IS_ID = 52;

/** By key number: what of the record in question was seen before, or may be kept of it. */
export const SEEN = KEYS + KEY_PLACES * KEY_BYTES;
export const SEEN_BYTES = 16;
/** The pair of slots to keep it in; 0 when it was seen before, or is not there. */
export const SEEN_PAIR = 0;
/** The hints that stand in it, or -1. */
export const SEEN_HINTS = 4;
/** Its number, and where it ends; or 0. */
export const SEEN_NUMBER = 8;
export const SEEN_END = 12;

/** Where it does no harm to write a word. */
export const NOWHERE = SEEN + (TAIL + 1) * SEEN_BYTES;

export const NOTES = NOWHERE + 8;
export const MAX_NOTES = 256;

// Slots of what was seen in records, in pairs, so many for each kind of it.
export const SLOTS = NOTES + MAX_NOTES * NOTE_BYTES;
export const PAIRS = 64;
/** Its length, the hints that stand in it, its number, and the bytes. */
export const SLOT_LENGTH = 0;
export const SLOT_HINTS = 4;
export const SLOT_NUMBER = 8;
export const SLOT_TEXT = 16;
export const SLOT_BYTES = 1040;
export const PAIR_BYTES = 2 * SLOT_BYTES;
/** Identities, user agents, and tails. */
export const SEEN_KINDS = 3;

export const LISTS = SLOTS + SEEN_KINDS * PAIRS * PAIR_BYTES;
