/** How a text is encoded, and how long its byte order mark is. */
export interface Encoding {
  name: "utf-8" | "utf-16le" | "utf-16be" | "utf-32";
  /** Bytes of the byte order mark. */
  mark: number;
}

const marks: [bytes: string, name: Encoding["name"]][] = [
  ["\xff\xfe\0\0", "utf-32"],
  ["\0\0\xfe\xff", "utf-32"],
  ["\xef\xbb\xbf", "utf-8"],
  ["\xff\xfe", "utf-16le"],
  ["\xfe\xff", "utf-16be"],
];

/** In every form that is read here, the first characters are ASCII. */
const patterns: [zeros: RegExp, name: Encoding["name"]][] = [
  [/^(?:[^\0]\0\0\0|\0\0\0[^\0])/, "utf-32"],
  [/^(?:[^\0]\0){2}/, "utf-16le"],
  [/^(?:\0[^\0]){2}/, "utf-16be"],
];

/** Recognizes the encoding by the byte order mark, or else by the positions of zeros. */
export function encodingOf(head: Buffer): Encoding {
  const begins = head.toString("latin1", 0, 8);
  const mark = marks.find(([bytes]) => begins.startsWith(bytes));
  if (mark !== undefined) return { name: mark[1], mark: mark[0].length };
  return { name: patterns.find(([zeros]) => zeros.test(begins))?.[1] ?? "utf-8", mark: 0 };
}

/** The text as UTF-8, without a byte order mark. Zeros, which no JSON has, become blanks: they separate messages. */
export async function* utf8Of(
  chunks: AsyncIterable<Buffer>,
  { name, mark }: Encoding,
): AsyncGenerator<Buffer> {
  const decoder = name === "utf-8" ? undefined : new TextDecoder(name);
  let passed = 0;
  for await (const chunk of chunks) {
    const own = chunk.subarray(Math.min(chunk.length, mark - passed));
    passed = Math.min(mark, passed + chunk.length);
    yield withoutZeros(decoder === undefined ? own : Buffer.from(decoder.decode(own, { stream: true })));
  }
  const rest = decoder?.decode() ?? "";
  if (rest !== "") yield Buffer.from(rest);
}

function withoutZeros(chunk: Buffer): Buffer {
  let at = chunk.indexOf(0);
  if (at < 0) return chunk;
  const own = Buffer.from(chunk);
  for (; at >= 0; at = own.indexOf(0, at + 1)) own[at] = 0x20;
  return own;
}
