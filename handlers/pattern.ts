/**
 * Whether `value` matches `pattern`: `*` matches any characters, `?` one, everything else itself, case-sensitively. Takes
 * at most time proportional to pattern times value, however hostile the value: no regular expression is built from it.
 */
export function matchesPattern(pattern: string, value: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let from = 0;
  while (at < value.length) {
    if (next < pattern.length && pattern[next] === "*") {
      star = next++;
      from = at;
    } else if (next < pattern.length && (pattern[next] === "?" || pattern[next] === value[at])) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++from;
    } else return false;
  }
  while (next < pattern.length && pattern[next] === "*") next++;
  return next === pattern.length;
}

/** Whether any of the patterns matches. */
export function matchesAny(patterns: string[], value: string): boolean {
  return patterns.some((pattern) => matchesPattern(pattern, value));
}
