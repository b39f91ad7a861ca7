import { INCOMPLETE, valueEnd } from "../text/json";
import { setMember } from "./member";

/**
 * A value as Athena, CloudTrail Lake and Java print it: `{type=IAMUser, sessioncontext={attributes={mfaauthenticated=false}}}`.
 * Undefined if it is not one. Such texts have no quotes: a value that contains a comma, a name and `=` reads as two.
 */
export function structOf(text: string): unknown {
  const trimmed = text.trim();
  if (!/^\{\s*(?:\}|[A-Za-z_][\w.:/-]*=)|^\[/.test(trimmed)) return undefined;
  const reader = createReader(trimmed);
  const value = reader.value(0);
  return reader.isAtEnd() ? value : undefined;
}

const maxDepth = 32;
const key = /\s*([A-Za-z_][\w.:/-]*)=/y;
/** The end of a plain value: before the next key, item or bracket. */
const endInObject = /,\s*[A-Za-z_][\w.:/-]*=|\}/g;
const endInArray = /,\s|\]/g;

function createReader(text: string) {
  let at = 0;

  function isNext(character: string): boolean {
    while (text[at] === " " || text[at] === ",") at += 1;
    if (text[at] !== character) return false;
    at += 1;
    return true;
  }

  function object(depth: number): unknown {
    const fields: Record<string, unknown> = {};
    while (!isNext("}")) {
      key.lastIndex = at;
      const name = key.exec(text)?.[1];
      if (name === undefined) return fail();
      at = key.lastIndex;
      const member = value(depth + 1, endInObject);
      if (member !== null) setMember(fields, name, member);
    }
    return fields;
  }

  function array(depth: number): unknown {
    const items: unknown[] = [];
    while (!isNext("]")) {
      if (at >= text.length) return fail();
      items.push(value(depth + 1, endInArray));
    }
    return items;
  }

  /** Stops reading: it is something else. */
  function fail(): undefined {
    at = text.length + 1;
    return undefined;
  }

  /** JSON inside it, as in Lake's maps. */
  function json(): unknown {
    const bytes = Buffer.from(text.slice(at));
    const end = valueEnd(bytes, 0);
    if (end <= INCOMPLETE) return undefined;
    const own = bytes.toString("utf8", 0, end);
    try {
      const parsed = JSON.parse(own) as unknown;
      at += own.length;
      return parsed;
    } catch {
      return undefined;
    }
  }

  function value(depth: number, endOfPlain = endInObject): unknown {
    const begins = text[at];
    if ((begins === "{" || begins === "[") && depth < maxDepth) {
      const parsed = /^[{[]\s*["{[]/.test(text.slice(at, at + 20)) ? json() : undefined;
      if (parsed !== undefined) return parsed;
      at += 1;
      return begins === "{" ? object(depth) : array(depth);
    }
    endOfPlain.lastIndex = at;
    const end = endOfPlain.exec(text)?.index ?? text.length;
    const plain = text.slice(at, end);
    at = end;
    return plain === "null" ? null : plain;
  }

  return { value, isAtEnd: () => at <= text.length && text.slice(at).trim() === "" };
}
