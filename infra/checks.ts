/** A wrong value. */
export interface Problem {
  /** Its key: `cloudtrailer:exceptions[0].until`. */
  key: string;
  /** What was expected, phrased to follow the word "expected". */
  expected: string;
  /** What was found, ready to be shown; never a secret. */
  found: string;
}

/**
 * Checks a value. Returns it with its type, or undefined after reporting every problem.
 *
 * @param at the value's key, for the problems
 */
export type Check<T> = (value: unknown, at: string, report: (problem: Problem) => void) => T | undefined;

/** A value for an error message: JSON, cut. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}…`;
}

/** Text that `accepts`. */
export function text(expected: string, accepts: (value: string) => boolean): Check<string> {
  return (value, at, report) => {
    if (typeof value === "string" && accepts(value)) return value;
    report({ key: at, expected, found: shown(value) });
    return undefined;
  };
}

/** Text that matches `pattern` as a whole. */
export function form(expected: string, pattern: RegExp): Check<string> {
  return text(expected, (value) => pattern.test(value));
}

/** A value that passes each check in turn; the first that fails reports why. */
export function each<T>(...checks: Check<T>[]): Check<T> {
  return (value, at, report) => {
    let held: T | undefined;
    for (const check of checks) {
      held = check(value, at, report);
      if (held === undefined) return undefined;
    }
    return held;
  };
}

/** One of some words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Check<Word> {
  const known: readonly string[] = words;
  return (value, at, report) => {
    if (typeof value === "string" && known.includes(value)) return value as Word;
    const meant = typeof value === "string" ? didYouMean(value, known) : "";
    report({ key: at, expected: `one of ${words.join(", ")}`, found: `${shown(value)}${meant}` });
    return undefined;
  };
}

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number): Check<number> {
  return (value, at, report) => {
    if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
    report({ key: at, expected: `a whole number from ${min} to ${max}`, found: shown(value) });
    return undefined;
  };
}

/** A time like `30m` or `2h`, as whole minutes from 1 to `max`. */
export function minutes(max: number): Check<number> {
  return (value, at, report) => {
    const [, count = "", unit = ""] =
      typeof value === "string" ? (/^(\d{1,6})([mh])$/.exec(value) ?? []) : [];
    const found = Number(count) * (unit === "h" ? 60 : 1);
    if (found >= 1 && found <= max) return found;
    report({
      key: at,
      expected: `minutes or hours from 1m to ${max % 60 === 0 ? `${max / 60}h` : `${max}m`}, like 30m or 2h`,
      found: shown(value),
    });
    return undefined;
  };
}

/** One of some numbers. */
export function numberOf(numbers: readonly number[]): Check<number> {
  return (value, at, report) => {
    if (typeof value === "number" && numbers.includes(value)) return value;
    report({ key: at, expected: `one of ${numbers.join(", ")}`, found: shown(value) });
    return undefined;
  };
}

/** `true` or `false`. */
export function flag(): Check<boolean> {
  return (value, at, report) => {
    if (typeof value === "boolean") return value;
    report({ key: at, expected: "true or false", found: shown(value) });
    return undefined;
  };
}

/** A list whose items all pass `each`. */
export function listOf<T>(each: Check<T>): Check<T[]> {
  return (value, at, report) => {
    if (!Array.isArray(value)) {
      report({ key: at, expected: "a list", found: shown(value) });
      return undefined;
    }
    const checked = value.map((one: unknown, index) => each(one, `${at}[${index}]`, report));
    return checked.filter((one) => one !== undefined);
  };
}

/** An object with any keys that pass `key`, and values that pass `each`. */
export function mapOf<T>(key: Check<string>, each: Check<T>): Check<Record<string, T>> {
  return (value, at, report) => {
    const object = objectOf(value, at, report);
    if (object === undefined) return undefined;
    const checked: Record<string, T> = {};
    for (const [name, one] of Object.entries(object)) {
      const accepted = key(name, `${at}.${name}`, report);
      const held = each(one, `${at}.${name}`, report);
      if (accepted !== undefined && held !== undefined) checked[accepted] = held;
    }
    return checked;
  };
}

/** A check of an optional field. */
export interface Optional<T> {
  optional: Check<T>;
}

/** Makes a field of {@link record} optional. */
export function optional<T>(check: Check<T>): Optional<T> {
  return { optional: check };
}

type Fields = Record<string, Check<unknown> | Optional<unknown>>;
type Held<F> = F extends Check<infer T> ? T : never;

/** What {@link record} returns. */
export type RecordOf<F extends Fields> = {
  [Name in keyof F as F[Name] extends Optional<unknown> ? never : Name]: Held<F[Name]>;
} & {
  [Name in keyof F as F[Name] extends Optional<unknown> ? Name : never]?: F[Name] extends Optional<infer T>
    ? T
    : never;
};

/** An object with these fields and no others. */
export function record<F extends Fields>(fields: F): Check<RecordOf<F>> {
  return (value, at, report) => {
    const object = objectOf(value, at, report);
    if (object === undefined) return undefined;
    const names = Object.keys(fields);
    for (const name of Object.keys(object))
      if (!names.includes(name))
        report({
          key: `${at}.${name}`,
          expected: `only ${names.join(", ")}`,
          found: `${shown(object[name])}${didYouMean(name, names)}`,
        });
    const checked: Record<string, unknown> = {};
    let whole = true;
    for (const [name, field] of Object.entries(fields)) {
      const given = Object.hasOwn(object, name) ? object[name] : undefined;
      if (typeof field !== "function" && given === undefined) continue;
      const check = typeof field === "function" ? field : field.optional;
      const held = check(given, `${at}.${name}`, report);
      if (held === undefined) whole = false;
      else checked[name] = held;
    }
    return whole ? (checked as RecordOf<F>) : undefined;
  };
}

function objectOf(
  value: unknown,
  at: string,
  report: (problem: Problem) => void,
): Record<string, unknown> | undefined {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  report({ key: at, expected: "an object", found: shown(value) });
  return undefined;
}

/** ` (did you mean mode?)` if one of `known` is close to `word`; else empty. */
export function didYouMean(word: string, known: readonly string[]): string {
  const [best] = nearestOf(word, known, 1);
  return best === undefined ? "" : ` (did you mean ${best}?)`;
}

/** Those of `known` that are near to `word`, the nearest first, at most `max`. */
export function nearestOf(word: string, known: readonly string[], max: number): string[] {
  const lower = word.toLowerCase().slice(0, 100);
  return known
    .map((name) => ({ name, distance: distanceOf(lower, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, max)
    .map(({ name }) => name);
}

/** The number of letters to insert, delete, replace or swap with the next one. */
function distanceOf(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min(substituted, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
