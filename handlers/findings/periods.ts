import type { CallAws } from "../aws/call";
import { hourMs } from "../aws/ids-by-time";
import { createTable } from "../aws/table";
import { problemOf } from "../problem";
import type { PeriodSettings, Settings } from "../settings";
import { itemsBetween } from "./items-between";
import { createPeriodCount, type PeriodCount } from "./period-count";

/** A part of time, in ISO date-times; `until` is not included. */
export interface Span {
  since: string;
  until: string;
}

/** A summary of the findings of a period, for subscribers that do not get each of them at once. */
export interface PeriodSummary extends PeriodCount, PeriodSettings, Span {
  /** What nothing is said about, because the function stood still for too long. */
  leftOut?: Span;
}

/** What was done about periods. */
export interface PeriodsReport {
  /** How many summaries were published. */
  published: number;
  errors: string[];
}

/** Summarizes periods. */
export interface Periods {
  /**
   * Publishes the summaries of all periods that are over. Each is summarized once; if an invocation died while it was publishing,
   * the next one says that it may be a repetition. Nothing is published about a period without findings.
   *
   * @param remaining time left, in ms
   */
  summarize(remaining: () => number): Promise<PeriodsReport>;
}

/** What summarizing needs. */
export interface PeriodsDependencies {
  settings: Pick<Settings, "summaries" | "table" | "region">;
  aws: CallAws;
  /** Publishes a summary. @param mayRepeat whether it may have been published before */
  alertPeriod(summary: PeriodSummary, mayRepeat: boolean): Promise<void>;
  /** Epoch ms. */
  now(): number;
}

/** How long after its end a period is summarized, in ms: its last findings are handled, and in the index, by then. */
const graceMs = 300_000;

/** Days begin at this hour, UTC, so that people find the summary of one when they begin theirs. */
export const dailyHour = 6;

const lengths: Record<PeriodSettings["every"], number> = { hourly: hourMs, daily: 24 * hourMs };

/** Periods that are made up for after a standstill: a day of hours, a week of days. */
const maxPeriods: Record<PeriodSettings["every"], number> = { hourly: 24, daily: 7 };

/** How long one invocation has a period for itself, in ms: longer than it can live. */
const takenMs = 15 * 60_000;

/** The item of a summary: `until`, the end of the last period that is done. */
export function periodKey({ key }: Pick<PeriodSettings, "key">): string {
  return `watch#summary#${key}`;
}

/** The end of the last period that is over. @param at epoch ms */
export function lastEndOf(every: PeriodSettings["every"], at: number): number {
  const begins = every === "daily" ? dailyHour * hourMs : 0;
  return Math.floor((at - begins) / lengths[every]) * lengths[every] + begins;
}

/** Creates what summarizes periods. */
export function createPeriods({ settings, aws, alertPeriod, now }: PeriodsDependencies): Periods {
  const { summaries = [], table: name, region } = settings;
  const table = createTable(aws, settings);

  const countOf = async (
    one: PeriodSettings,
    span: Period,
    isTimeUp: () => boolean,
  ): Promise<PeriodCount> => {
    const counter = createPeriodCount(one);
    // The end of what is read is included, and times are in whole ms.
    for await (const items of itemsBetween({ table: name, region, aws }, span.since, span.until - 1)) {
      for (const item of items) counter.add(item);
      if (counter.isFull() || isTimeUp()) return { ...counter.result(), isPartial: true };
    }
    return counter.result();
  };

  /** @returns whether another invocation has not got the period, and may have published it before it died */
  const take = async (
    one: PeriodSettings,
    { before, until }: Period,
  ): Promise<{ mayRepeat: boolean } | undefined> => {
    const taken = await table.update(periodKey(one), {
      set: { takenUntil: { N: String(now() + takenMs) } },
      condition: {
        expression: "until = :before AND (attribute_not_exists(takenUntil) OR takenUntil < :now)",
        values: { ":before": { S: iso(before) }, ":now": { N: String(now()) } },
      },
    });
    return taken.changed ? { mayRepeat: taken.item.begun?.S === iso(until) } : undefined;
  };

  /** @returns whether a summary was published; undefined if another invocation has the period */
  const summarizeOne = async (
    one: PeriodSettings,
    period: Period,
    isTimeUp: () => boolean,
  ): Promise<boolean | undefined> => {
    const { before, since, until } = period;
    const taken = await take(one, period);
    if (taken === undefined) return undefined;
    const count = await countOf(one, period, isTimeUp);
    const isLate = before < since;
    const isWorthIt = count.findings > 0 || count.isPartial === true || isLate;
    if (isWorthIt) {
      // Before it is published: whoever comes after an invocation that died here says so.
      await table.update(periodKey(one), { set: { begun: { S: iso(until) } } });
      const span = { since: iso(since), until: iso(until) };
      const leftOut = isLate ? { leftOut: { since: iso(before), until: iso(since) } } : {};
      await alertPeriod({ ...one, ...count, ...span, ...leftOut }, taken.mayRepeat);
    }
    await table.update(periodKey(one), { set: { until: { S: iso(until) }, takenUntil: { N: "0" } } });
    return isWorthIt;
  };

  /** All periods of one summary. */
  const catchUp = async (
    one: PeriodSettings,
    remaining: () => number,
    report: PeriodsReport,
  ): Promise<void> => {
    const { until: done } = await table.get(periodKey(one));
    const ended = lastEndOf(one.every, now() - graceMs);
    if (done?.S === undefined) {
      // The first period is the one that is not over.
      await table.update(periodKey(one), { setIfMissing: { until: { S: iso(ended) } } });
      return;
    }
    const length = lengths[one.every];
    const atFirst = remaining();
    let before = Date.parse(done.S);
    for (;;) {
      const since = Math.max(before, ended - maxPeriods[one.every] * length);
      // The next hour goes on; a period that is begun has time to be read.
      if (since + length > ended || remaining() < atFirst / 2) return;
      const period = { before, since, until: since + length };
      const published = await summarizeOne(one, period, () => remaining() < atFirst / 4);
      if (published === undefined) return;
      if (published) report.published++;
      before = period.until;
    }
  };

  return {
    async summarize(remaining) {
      const report: PeriodsReport = { published: 0, errors: [] };
      for (const one of summaries) {
        try {
          await catchUp(one, remaining, report);
        } catch (error) {
          report.errors.push(`unable to summarize ${one.key}: ${problemOf(error)}`);
        }
      }
      return report;
    },
  };
}

/** Epoch ms. What is between `before`, where the last one ended, and `since` is left out. */
interface Period {
  before: number;
  since: number;
  until: number;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
