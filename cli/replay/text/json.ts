/** {@link valueEnd} needs more bytes. */
export const INCOMPLETE = 0;

// Classes of bytes in JSON, outside strings.
const START = 0;
const STRING = 1;
const OPEN_OBJECT = 2;
const OPEN_ARRAY = 3;
const CLOSE = 4;
const COMMA = 5;
const COLON = 6;
const LITERAL = 7;
const BLANK = 8;
const OTHER = 9;

const kinds = new Uint8Array(256).fill(OTHER);
for (const [characters, kind] of [
  ['"', STRING],
  ["{", OPEN_OBJECT],
  ["[", OPEN_ARRAY],
  ["}]", CLOSE],
  [",", COMMA],
  [":", COLON],
  ["+-.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", LITERAL],
  [" \t\r\n", BLANK],
] as const)
  for (const character of characters) kinds[character.charCodeAt(0)] = kind;

/** What may follow what, as bits. Not the whole grammar, but enough to notice early that a value does not end properly. */
const value = (1 << STRING) | (1 << OPEN_OBJECT) | (1 << OPEN_ARRAY) | (1 << LITERAL);
const after = new Uint16Array(10);
after[START] = value;
after[STRING] = (1 << CLOSE) | (1 << COMMA) | (1 << COLON);
after[OPEN_OBJECT] = (1 << STRING) | (1 << CLOSE);
after[OPEN_ARRAY] = value | (1 << CLOSE);
after[CLOSE] = (1 << CLOSE) | (1 << COMMA);
after[COMMA] = value;
after[COLON] = value;
after[LITERAL] = (1 << LITERAL) | (1 << CLOSE) | (1 << COMMA);

const quote = 0x22;
const backslash = 0x5c;

/**
 * The end of the object, array or string that begins at `from`: the index after its last byte; {@link INCOMPLETE} if its end
 * has not arrived; or, if it is broken, -1 minus the index of the unexpected byte.
 */
export function valueEnd(bytes: Buffer, from: number): number {
  const closers: number[] = [];
  let before = START;
  for (let at = from; at < bytes.length; ) {
    const byte = bytes[at] as number;
    const kind = kinds[byte] as number;
    if (kind === BLANK) {
      at += 1;
      continue;
    }
    if ((((after[before] as number) >> kind) & 1) === 0) return -1 - at;
    if (kind === STRING) {
      const end = stringEnd(bytes, at);
      if (end <= 0) return end;
      at = end;
    } else {
      if (kind === OPEN_OBJECT || kind === OPEN_ARRAY) closers.push(byte + 2);
      else if (kind === CLOSE && closers.pop() !== byte) return -1 - at;
      at += 1;
    }
    if (closers.length === 0 && kind !== LITERAL) return at;
    before = kind;
  }
  return INCOMPLETE;
}

/** Like {@link valueEnd}, for the string that begins at `from`. */
function stringEnd(bytes: Buffer, from: number): number {
  for (let at = from + 1; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === quote) return at + 1;
    if (byte === backslash) at += 1;
    else if (byte < 0x20) return -1 - at;
  }
  return INCOMPLETE;
}

/** The complete values in a text that is broken or cut off: the largest ones that can be parsed. */
export function salvaged(bytes: Buffer, depth = 8): unknown[] {
  return outermost(bytes).flatMap(([from, to]) => {
    try {
      return [JSON.parse(bytes.toString("utf8", from, to)) as unknown];
    } catch {
      return depth === 0 ? [] : salvaged(bytes.subarray(from + 1, to - 1), depth - 1);
    }
  });
}

/** The ranges of objects and arrays with matching brackets, without nested ones. */
function outermost(bytes: Buffer): [from: number, to: number][] {
  const opened: { at: number; closer: number }[] = [];
  const closed: [from: number, to: number][] = [];
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] as number;
    const kind = kinds[byte];
    if (kind === STRING) {
      const end = stringEnd(bytes, at);
      if (end === INCOMPLETE) break;
      at = end > 0 ? end : -end;
      continue;
    }
    at += 1;
    if (kind === OPEN_OBJECT || kind === OPEN_ARRAY) opened.push({ at: at - 1, closer: byte + 2 });
    else if (kind === CLOSE) {
      const own = opened.map(({ closer }) => closer).lastIndexOf(byte);
      if (own < 0) continue;
      const from = (opened[own] as { at: number }).at;
      opened.length = own;
      while ((closed.at(-1)?.[0] ?? -1) > from) closed.pop();
      closed.push([from, at]);
    }
  }
  return closed;
}

/** Whether a text looks like the end of a value whose beginning is lost. */
export function isRemnant(text: string): boolean {
  return /\\"|"\s*[:,}\]]|[}\]]\s*[,}\]]|\}\s*$/.test(text);
}

/** Longer texts are not searched for the place where they are broken. */
const maxDiagnosed = 8 * 1024 ** 2;

const token =
  /[ \t\r\n]*(?:([{}[\],:])|("[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

/** What may come at each place of an object or array, and the error if it does not. */
const places = {
  value: { expected: "a value", next: { "{": "firstKey", "[": "firstItem", value: "end" } },
  firstItem: {
    expected: "a value or ]",
    next: { "{": "firstKey", "[": "firstItem", value: "end", "]": "pop" },
  },
  firstKey: { expected: "a key or }", next: { string: "colon", "}": "pop" } },
  key: { expected: "a key", next: { string: "colon" } },
  colon: { expected: ":", next: { ":": "value" } },
  end: { expected: ", or the end of an object or array", next: { ",": "more", "}": "pop", "]": "pop" } },
} as const;

type Place = keyof typeof places;

/** Where a text is not JSON: the index of the byte and what is wrong with it, for people. */
export function brokenAt(bytes: Buffer): { at: number; why: string } {
  if (bytes.length > maxDiagnosed) return { at: 0, why: "" };
  const text = bytes.toString("utf8");
  const open: string[] = [];
  let place: Place = "value";
  for (let at = 0; ; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(text);
    const next: Place | "whole" | undefined =
      found === null ? undefined : following(place, kindOf(found, place), open);
    if (next === undefined) {
      const from = at + (/^[ \t\r\n]*/.exec(text.slice(at, at + 1000))?.[0].length ?? 0);
      const why = `: expected ${places[place].expected}, found ${foundAt(text, from)}`;
      return { at: Buffer.byteLength(text.slice(0, from)), why };
    }
    if (next === "whole") return { at: Buffer.byteLength(text.slice(0, token.lastIndex)), why: "" };
    place = next;
  }
}

function kindOf([, punctuation, string]: RegExpExecArray, place: Place): string {
  if (punctuation !== undefined) return punctuation;
  const isKey = place === "key" || place === "firstKey";
  return string !== undefined && isKey ? "string" : "value";
}

/** The place after a token; undefined if the token is not allowed there. `open` holds the unclosed brackets. */
function following(place: Place, kind: string, open: string[]): Place | "whole" | undefined {
  const next = (places[place].next as Record<string, Place | "pop" | "more">)[kind];
  if (next === "pop" && open.pop() !== (kind === "}" ? "{" : "[")) return undefined;
  if (next === "more") return open.at(-1) === "{" ? "key" : "value";
  if (next === "firstKey" || next === "firstItem") open.push(kind);
  if (next === "pop" || next === "end") return open.length === 0 ? "whole" : "end";
  return next;
}

function foundAt(text: string, at: number): string {
  const character = text.codePointAt(at);
  if (character === undefined) return "the end";
  return character > 0x20 && character < 0x7f
    ? `"${String.fromCodePoint(character)}"`
    : `the character U+${character.toString(16).toUpperCase().padStart(4, "0")}`;
}
