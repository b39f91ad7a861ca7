/** Literal parts of a wildcard pattern, which are `*` apart. `\*` stands for an asterisk, `\\` for a backslash. */
export function partsOfWildcard(pattern: string): string[] {
  const parts: string[] = [];
  let part = "";
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === "*") {
      parts.push(part);
      part = "";
    } else part += character === "\\" ? pattern.charAt(++at) : character;
  }
  return [...parts, part];
}

/**
 * The test of a wildcard pattern as EventBridge has it: `*` stands for any characters, none too. Each part is looked for behind
 * the one before it by Knuth, Morris and Pratt's way, so that no text takes longer than in proportion to its length.
 */
export function compileWildcard(pattern: string): (text: string) => boolean {
  const [first = "", ...others] = partsOfWildcard(pattern);
  const last = others.pop();
  const middle = others.filter((part) => part !== "").map((part) => ({ part, borders: bordersOf(part) }));
  return (text) => {
    if (last === undefined) return text === first;
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let from = first.length;
    for (const { part, borders } of middle) {
      const at = indexOfPart(text, part, borders, from, end);
      if (at < 0) return false;
      from = at + part.length;
    }
    return from <= end;
  };
}

/** For each beginning of a part, the length of its longest beginning that is its end as well. */
function bordersOf(part: string): number[] {
  const borders = [0];
  let length = 0;
  for (let at = 1; at < part.length; at++) {
    while (length > 0 && part[at] !== part[length]) length = borders[length - 1] ?? 0;
    if (part[at] === part[length]) length++;
    borders.push(length);
  }
  return borders;
}

/** Where a part stands in the text, from one place up to, and without, another; -1 when it does not. */
function indexOfPart(text: string, part: string, borders: number[], from: number, end: number): number {
  let matched = 0;
  for (let at = from; at < end; at++) {
    while (matched > 0 && text[at] !== part[matched]) matched = borders[matched - 1] ?? 0;
    if (text[at] === part[matched]) matched++;
    if (matched === part.length) return at - part.length + 1;
  }
  return -1;
}
