/*
 * The kernel's memory layout. AssemblyScript compiles this file into the kernel (assembly/), TypeScript into the kernel's
 * caller (kernel.ts), so every offset is written once. Both languages must be able to read it: integer constants only.
 *
 * Addresses and sizes are in bytes. A word is an i32, little-endian.
 *
 *     0      results of the last call
 *     …      tables: hints, wanted event names, keys to look for
 *     SEEN   recurring values of the current record
 *     NOTES  notes, one for each record that may be wanted
 *     SLOTS  recurring values of earlier records
 *     LISTS  lists of hints, as long as the hints require
 *     …      the text, and a block of zeros: the kernel reads whole blocks
 *     …      the stack of open brackets: one byte for each level, and as many levels as the text has bytes
 */

/** How many bytes the kernel looks at together. */
export const BLOCK = 64;

// Numbers of the fields that are looked at before a record is parsed.
export const ERROR_CODE = 0;
export const USER_AGENT = 1;
export const USER_IDENTITY = 2;
export const SOURCE_IP_ADDRESS = 3;
export const AWS_REGION = 4;
export const READ_ONLY = 5;
/** Searched for hints only where the event name may be a wanted one. */
export const REQUEST_PARAMETERS = 6;
export const FIELDS = 7;
// Numbers of the other keys that are looked for.
export const EVENT_NAME = 7;
/** A key at which a record's tail begins: its last members, which recur in many records. */
export const TAIL = 8;

// A note of a record.
/** Word: hash of the event name; of an empty one if the event name is not a string. */
export const NOTE_HASH = 0;
/** Word: a sum of the flags below. */
export const NOTE_FLAGS = 4;
/** Word: a bit for each hint found in its field. Those in the parameters are left out unless the name may be a wanted one. */
export const NOTE_HINTS = 8;
/** Words: addresses of the record's first byte and of the byte after its last. */
export const NOTE_FROM = 12;
export const NOTE_END = 16;
/** Word: how many records preceded it in this call. */
export const NOTE_PLACE = 20;
/** Two words for each field: the address after its key, or 0 if it is missing; and that of the next key or the closing brace. */
export const NOTE_FIELDS = 24;
export const FIELD_BYTES = 8;
/** Word: the address after the last key `eventName`, or 0. */
export const NOTE_NAME = NOTE_FIELDS + FIELDS * FIELD_BYTES;
/** Two words for a recurring identity: its number and the address after it; or zeros. */
export const NOTE_IDENTITY = NOTE_NAME + 4;
/** The same for a recurring tail; and a word for the address of the comma before it. */
export const NOTE_TAIL = NOTE_IDENTITY + 8;
export const NOTE_COMMA = NOTE_TAIL + 8;
export const NOTE_BYTES = NOTE_COMMA + 4;

// Flags of a note.
/** There is a backslash in the event name or in a field other than the parameters. */
export const IS_HIDDEN = 1;
/** The event name may end in an API date or is not ASCII, so its hash decides nothing. */
export const IS_NAME_UNSURE = 2;
/** The name may be a wanted one, and there is a backslash in the parameters. */
export const ARE_PARAMETERS_HIDDEN = 4;

// Why a call stopped.
/** The text ended. */
export const OUT_OF_TEXT = 0;
/** What comes next is the end of the array, no record, or a record for the plain reader to decide. */
export const LOOK = 1;
/** There is no room for another note. */
export const FULL = 2;
/** There is a blank between tokens, and the caller said that there are none. */
export const BLANK = 3;

// Results of a call, a word each: records passed, records noted, and why it stopped.
export const COUNT = 0;
export const NOTED = 4;
export const STOPPED = 8;
/** Word: the last number given to a recurring value. */
export const LAST_NUMBER = 12;

// Hints. Their texts are spread over eight buckets, each of which is a bit.
/** A byte for each field: the buckets with texts to look for in it. */
export const FIELD_BUCKETS = 16;
/** Two tables of 16 bytes for each of three neighbouring bytes: the buckets by the byte's low half, and by its high half. */
export const HINT_MASKS = 32;
/** A word for each bucket: the address of its list. */
export const HINT_LISTS = 128;
/** An entry of a list: words for the text's length, how many of its bytes precede those three, field, and bit; and the text. */
export const HINT_LENGTH = 0;
export const HINT_OFFSET = 4;
export const HINT_FIELD = 8;
export const HINT_BIT = 12;
export const HINT_TEXT = 16;

/** A bit for each value of the lower 15 bits of a wanted name's hash. */
export const NAME_BITS = 160;
export const NAME_BYTES = 4096;

// Keys to look for, in a perfect hash table.
export const KEYS = NAME_BITS + NAME_BYTES;
export const KEY_PLACES = 16;
export const KEY_BYTES = 64;
/** The upper 4 bits of this, times the first 8 bytes of key and closing quote, are the key's place. */
export const KEY_FACTOR = 0x2d36522329;
/** Four u64: the first 8 bytes of key and closing quote; the next 8; a mask of those that count; and the last 8. */
export const KEY_HEAD = 0;
export const KEY_NEXT = 8;
export const KEY_MASK = 16;
export const KEY_LAST = 24;
/** Word: the number of the field, EVENT_NAME or TAIL. */
export const KEY_KIND = 32;
/** Word: the distance from the opening quote to the colon. */
export const KEY_COLON = 36;
/** Words for a key whose value recurs: its pairs of slots, or 0; and how far into the value its two samples of 32 bytes are. */
export const KEY_PAIRS = 40;
export const KEY_SAMPLE = 44;
export const KEY_OTHER_SAMPLE = 48;
/** Word: 1 if the key's value is an id, after which the tail begins. */
export const KEY_IS_ID = 52;

// Recurring values of the current record, by the number of the key.
export const SEEN = KEYS + KEY_PLACES * KEY_BYTES;
export const SEEN_BYTES = 16;
/** Word: the pair of slots in which to keep a new value; 0 for one that was recognized, and if there is none. */
export const SEEN_PAIR = 0;
/** Word: the hints in a recognized value, or -1. */
export const SEEN_HINTS = 4;
/** Words: number of a recognized value, and the address after it; or zeros. */
export const SEEN_NUMBER = 8;
export const SEEN_END = 12;

/** A word that may be overwritten at any time. */
export const NOWHERE = SEEN + (TAIL + 1) * SEEN_BYTES;

export const NOTES = NOWHERE + 8;
export const MAX_NOTES = 256;

// Recurring values of earlier records, in pairs of slots; so many pairs for each kind of value.
export const SLOTS = NOTES + MAX_NOTES * NOTE_BYTES;
export const PAIRS = 64;
/** Words for length, hints, and number; and the bytes. */
export const SLOT_LENGTH = 0;
export const SLOT_HINTS = 4;
export const SLOT_NUMBER = 8;
export const SLOT_TEXT = 16;
export const SLOT_BYTES = 1040;
export const PAIR_BYTES = 2 * SLOT_BYTES;
/** Identities, user agents, tails. */
export const SEEN_KINDS = 3;

export const LISTS = SLOTS + SEEN_KINDS * PAIRS * PAIR_BYTES;
