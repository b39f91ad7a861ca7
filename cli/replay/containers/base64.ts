import { createContent, wholeOf } from "../content";
import type { Container } from "./container";

const maxBytes = 256 * 1024 ** 2;
const leastBytes = 24;

/** base64 of anything: one text, on one or several lines, or several texts separated by blanks. */
export const base64: Container = {
  form: "base64",
  is: (head) => isBase64(head.toString("latin1", 0, 4096).trim()),
  async *contents(content) {
    const text = (await wholeOf(content, maxBytes)).toString("latin1").trim();
    for (const bytes of decoded(text))
      yield createContent(content.name, async function* () {
        yield bytes;
      });
  },
};

/** Whether a text looks like base64, or base64url, of something. */
export function isBase64(text: string): boolean {
  return text.length >= leastBytes && /^[A-Za-z0-9+/_=\s-]+$/.test(text) && isSomething(text);
}

/** Plain words look like base64, too, so the result must be gzip, JSON, or another container. */
function isSomething(text: string): boolean {
  const bytes = Buffer.from(text.slice(0, 64), "base64");
  const begins = bytes.toString("latin1", 0, 4);
  return (
    /^(?:\x1f\x8b\x08|BZh|PK\x03\x04|\x28\xb5\x2f\xfd)/.test(begins) ||
    /^\s*[[{"]/.test(bytes.toString("latin1")) ||
    (begins.startsWith("\xef\xbb\xbf") && bytes[3] === 0x7b)
  );
}

/** The bytes of a text, on several lines or not, or of each of several texts. */
export function decoded(text: string): Buffer[] {
  const parts = text.split(/\s+/);
  return parts.length > 1 && !isCutIntoLines(parts) && parts.every((part) => isBase64(part))
    ? parts.map((part) => Buffer.from(part, "base64"))
    : [Buffer.from(parts.join(""), "base64")];
}

function isCutIntoLines(parts: string[]): boolean {
  const { length } = parts[0] as string;
  return parts.slice(0, -1).every((part) => part.length === length && length <= 76 && !part.includes("="));
}
