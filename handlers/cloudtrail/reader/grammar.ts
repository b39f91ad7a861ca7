/** A {@link ValueEnd} returns this for a value whose end has not arrived. */
export const INCOMPLETE = -1;

/** A {@link ValueEnd} returns `BROKEN - address` for a byte that breaks the grammar. */
export const BROKEN = -2;

/**
 * Finds the end of the JSON value that begins at `from`, byte by byte, and checks its whole grammar.
 *
 * @param keys receives the addresses of the opening quotes of the value's own keys, if it is an object
 * @returns the address after the value; {@link INCOMPLETE} if it continues after `end`, or may, being a number or literal;
 *   or {@link BROKEN} - address
 */
export type ValueEnd = (bytes: Uint8Array, from: number, end: number, keys: number[]) => number;

const blanks = " \t\n\r";
const digits = "0123456789";
const hexDigits = "0123456789abcdefABCDEF";
const inText = Array.from({ length: 0x100 - 0x20 }, (_, index) => String.fromCharCode(0x20 + index))
  .filter((byte) => byte !== '"' && byte !== "\\")
  .join("");

const inValue = {
  '"': "text",
  "{": "object",
  "[": "array",
  "-": "minus",
  "0": "zero",
  "123456789": "digits",
  t: "t",
  f: "f",
  n: "n",
};
const afterValue = { [blanks]: "after", ",": "comma", "]}": "close" };

/**
 * JSON's grammar: for each state, the bytes that may come next and the state each leads to. From `after` on, what comes next
 * depends on the open brackets; see below.
 */
const grammar: Record<string, Record<string, string>> = {
  broken: {},
  value: { [blanks]: "value", ...inValue },
  firstElement: { [blanks]: "firstElement", ...inValue, "]": "close" },
  firstKey: { [blanks]: "firstKey", '"': "key", "}": "close" },
  nextKey: { [blanks]: "nextKey", '"': "key" },
  keyText: { [inText]: "keyText", "\\": "keyEscape", '"': "colon" },
  keyEscape: { '"\\/bfnrt': "keyText", u: "keyHex" },
  keyHex: { [hexDigits]: "keyHex2" },
  keyHex2: { [hexDigits]: "keyHex3" },
  keyHex3: { [hexDigits]: "keyHex4" },
  keyHex4: { [hexDigits]: "keyText" },
  colon: { [blanks]: "colon", ":": "value" },
  text: { [inText]: "text", "\\": "escape", '"': "textEnd" },
  escape: { '"\\/bfnrt': "text", u: "hex" },
  hex: { [hexDigits]: "hex2" },
  hex2: { [hexDigits]: "hex3" },
  hex3: { [hexDigits]: "hex4" },
  hex4: { [hexDigits]: "text" },
  minus: { "0": "zero", "123456789": "digits" },
  zero: { ...afterValue, ".": "point", eE: "e" },
  digits: { ...afterValue, [digits]: "digits", ".": "point", eE: "e" },
  point: { [digits]: "fraction" },
  fraction: { ...afterValue, [digits]: "fraction", eE: "e" },
  e: { "+-": "sign", [digits]: "exponent" },
  sign: { [digits]: "exponent" },
  exponent: { ...afterValue, [digits]: "exponent" },
  t: { r: "tr" },
  tr: { u: "tru" },
  tru: { e: "whole" },
  f: { a: "fa" },
  fa: { l: "fal" },
  fal: { s: "fals" },
  fals: { e: "whole" },
  n: { u: "nu" },
  nu: { l: "nul" },
  nul: { l: "whole" },
  whole: afterValue,
  after: afterValue,
  comma: {},
  close: {},
  textEnd: {},
  object: {},
  array: {},
  key: {},
};

export function createValueEnd(): ValueEnd {
  const names = Object.keys(grammar);
  const numberOf = (name: string) => names.indexOf(name);
  const table = new Uint8Array(names.length * 256);
  for (const [state, row] of Object.entries(grammar))
    for (const [bytes, next] of Object.entries(row))
      for (const byte of Buffer.from(bytes, "latin1")) table[numberOf(state) * 256 + byte] = numberOf(next);
  const broken = numberOf("broken");
  const value = numberOf("value");
  const firstElement = numberOf("firstElement");
  const firstKey = numberOf("firstKey");
  const nextKey = numberOf("nextKey");
  const keyText = numberOf("keyText");
  const after = numberOf("after");
  const comma = numberOf("comma");
  const close = numberOf("close");
  const textEnd = numberOf("textEnd");
  const object = numberOf("object");
  const key = numberOf("key");
  const closingBrace = 0x7d;
  const closingBracket = 0x5d;

  return (bytes, from, end, keys) => {
    /** The closing brackets still to come. */
    const open: number[] = [];
    /** The state after one that depends on them. */
    const following = (state: number, at: number): number => {
      if (state === comma) return open[open.length - 1] === closingBrace ? nextKey : value;
      if (state <= textEnd) return after;
      if (state === key) {
        if (open.length === 1) keys.push(at);
        return keyText;
      }
      open.push(state === object ? closingBrace : closingBracket);
      return state === object ? firstKey : firstElement;
    };
    let state = value;
    for (let at = from; at < end; at += 1) {
      const byte = bytes[at] as number;
      state = table[state * 256 + byte] as number;
      if (state === broken) return BROKEN - at;
      if (state < after) continue;
      // A number or literal ended before this byte.
      if (state <= close && open.length === 0) return at;
      if (state === close && open.pop() !== byte) return BROKEN - at;
      if (state <= textEnd && open.length === 0) return at + 1;
      state = following(state, at);
    }
    return INCOMPLETE;
  };
}
