import { usageError } from "./verb";

const units: Record<string, number> = { d: 86_400_000, h: 3_600_000, m: 60_000 };

/** What `momentOf` accepts, for the help of an option. */
export const momentForms = "such as 7d, 12h or 30m ago, or a time: 2026-05-04T10:00Z";

/**
 * The time (epoch ms) of `7d`, `12h` or `30m` ago, or of an ISO date or date-time.
 *
 * @param option its name, for the error
 * @throws a usage error
 */
export function momentOf(option: string, given: string, now: number): number {
  const [, number, unit] = /^(\d{1,4})([dhm])$/.exec(given) ?? [];
  if (number !== undefined && unit !== undefined) return now - Number(number) * (units[unit] ?? 0);
  const moment = /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(moment))
    throw usageError(
      `expected --${option} like 7d, 12h, 30m or 2026-05-04T10:00:00Z, found ${JSON.stringify(given)}`,
    );
  return moment;
}
