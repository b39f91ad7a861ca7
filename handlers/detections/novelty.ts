import { createHash } from "node:crypto";
import { eventTimeOf } from "../cloudtrail/event-time";
import { type CloudTrailRecord, eventOf } from "../cloudtrail/record";
import { forEachAtMost } from "../concurrency";
import type { Severity } from "../settings";
import type { Hit } from "./detect";
import type { Novel } from "./detection";
import { principalOf } from "./readers/principal";

/** What is kept of a principal's activity as one detection sees it. Plain JSON of bounded size. */
export interface Doings {
  /** Periods without a pause longer than the detection's days, oldest first: their first and last time, epoch s. */
  stretches: { from: number; to: number }[];
  /** IDs of the events that were new, so that they are new again if their records are repeated. */
  firsts: string[];
}

/** Stores what principals have done. */
export interface NoveltyStore {
  /**
   * When the first record was handled, epoch s; `at` if unknown so far.
   *
   * @param lower whether an earlier `at` replaces it, because earlier records were learned from
   */
  begin(at: number, lower: boolean): Promise<number>;
  /**
   * Changes what is kept under a key. Atomic: `change` gets the value at the time of writing, so it may be called more than
   * once. A value it returns unchanged is not written.
   *
   * @param expiresAt epoch s
   */
  change(key: string, change: (doings: Doings) => Doings, expiresAt: number): Promise<void>;
}

/** Hits of a log file (or any other batch) by detections of novelty. */
export interface NoveltyBatch {
  /**
   * Takes a hit and its record. Only some of a principal's hits are kept per day, so that memory does not grow with their
   * number.
   *
   * @param eventID replaces the record's own: for bursts, the burst's
   * @returns whether it is kept
   */
  add(hit: Hit, record: CloudTrailRecord, eventID?: string): boolean;
  /** The findings that these hits make, new and known ones. */
  judge(): Promise<JudgedHit[]>;
  /**
   * Takes these hits as what principals did before: they make no findings, and learning began with them.
   *
   * @param at time of the oldest of those records, hit or not, epoch s
   */
  learn(at: number): Promise<void>;
}

/** A hit with its severity as something new or known. */
export interface JudgedHit {
  hit: Hit;
  record: CloudTrailRecord;
  /** Replaces the `eventID` in the finding's ID; undefined: the record's own. */
  eventID?: string;
}

/** Tells new from known. */
export interface Novelties {
  /**
   * Reports that records were handled, the oldest of which is from this time (epoch s): learning begins with the first
   * ones.
   */
  begin(at: number): Promise<void>;
  newBatch(): NoveltyBatch;
}

/** What recognizing novelties needs. */
export interface NoveltyOptions {
  store: NoveltyStore;
  /** Epoch ms, only for the expiry of stored items; judging uses the time of events. */
  now(): number;
}

/** Store calls made concurrently. */
const atATime = 4;

const daySeconds = 86_400;

/** Limits of what is kept of one principal: far more than happens, so that nothing hostile makes it grow. */
const maxStretches = 16;
const maxFirsts = 64;

/**
 * Tells new from known: whether a principal does something for the first time in a number of days.
 *
 * A record is new if no other record of the same detection and principal is from the days before it, or from the same
 * second. That depends on the records' own times, not on their order: a late record that is older than all others is new,
 * and one that fills a gap is known. A new event stays new if its record is repeated, because the IDs of new events are
 * kept; so a retry after a crash makes the same finding.
 *
 * At first, everything is new. Until `learning` days after the first record that was ever handled, novelties are `low`.
 *
 * What is known makes one finding of severity `info` per principal, event and day.
 */
export function createNovelties({ store, now }: NoveltyOptions): Novelties {
  /** When the first record was handled, epoch s; read once. */
  let begun: number | undefined;

  const begin = async (at: number): Promise<number> => {
    begun ??= await store.begin(at, false);
    return begun;
  };

  const keep = async (series: Series, isPast: boolean): Promise<Set<Occurrence>> => {
    const seconds = series.novel.days * daySeconds;
    const stretches = stretchesOf(series, seconds);
    let firsts: Occurrence[] = [];
    await store.change(
      `novelty#${series.detection}#${hashOf(series.by)}`,
      (before) => {
        firsts = isPast ? [] : firstsOf(stretches, before, seconds);
        return extended(before, stretches, firsts, seconds);
      },
      Math.floor(now() / 1000) + seconds + maxLateSeconds,
    );
    return new Set(firsts);
  };

  const judged = async (series: Series): Promise<JudgedHit[]> => {
    const firsts = await keep(series, false);
    const began = await begin(oldestOf(series));
    const hits: JudgedHit[] = [];
    for (const first of firsts) hits.push(asNew(first, series, began));
    for (const [day, { byEvent }] of daysOf(series))
      for (const [event, occurrences] of byEvent) {
        const known = occurrences.find((one) => !firsts.has(one));
        if (known !== undefined) hits.push(asKnown(known, series, `${event}#${day}`));
      }
    return hits;
  };

  const newBatch = (): NoveltyBatch => {
    const all = new Map<string, Series>();
    return {
      add(hit, record, eventID) {
        const { detection } = hit;
        if (detection.novel === undefined) return false;
        const principal = principalOf(record);
        const key = `${detection.id}#${principal.by}`;
        let series = all.get(key);
        if (series === undefined) {
          series = { detection: detection.id, ...principal, novel: detection.novel, days: new Map() };
          all.set(key, series);
        }
        return put(series, {
          // Without a time, the beginning of time: new, unless there is another one.
          second: Math.floor((eventTimeOf(record) || 0) / 1000),
          id: eventID ?? idOf(record),
          isOwnID: eventID === undefined,
          hit,
          record,
        });
      },
      judge: async () => (await forAll([...all.values()], judged)).flat(),
      async learn(at) {
        await forAll([...all.values()], (series) => keep(series, true));
        begun = await store.begin(at, true);
      },
    };
  };

  return {
    async begin(at) {
      await begin(at);
    },
    newBatch,
  };
}

/** Keeps activity in memory: for `replay`, where one process sees all records. */
export function createMemoryNoveltyStore(): NoveltyStore {
  const kept = new Map<string, Doings>();
  let begun: number | undefined;
  return {
    begin(at, lower) {
      begun = begun === undefined || (lower && at < begun) ? at : begun;
      return Promise.resolve(begun);
    },
    change(key, change) {
      kept.set(key, change(kept.get(key) ?? { stretches: [], firsts: [] }));
      return Promise.resolve();
    },
  };
}

/** How long activity is kept after its days, in seconds: CloudTrail retries deliveries for 30 days. */
const maxLateSeconds = 31 * daySeconds;

/** The hits of one detection and one principal. */
interface Series {
  /** The detection's id. */
  detection: string;
  /** The principal, and their name for people. */
  by: string;
  name: string;
  novel: Novel;
  /** By number: days since 1970. */
  days: Map<number, Day>;
}

/** The hits of a series on one day. */
interface Day {
  /** Epoch s. */
  from: number;
  to: number;
  /** The two earliest of each event: one may be new, and the other then stands for all known ones. */
  byEvent: Map<string, Occurrence[]>;
}

interface Occurrence {
  /** Epoch s. */
  second: number;
  id: string;
  /** Whether the ID is the record's own. */
  isOwnID: boolean;
  hit: Hit;
  record: CloudTrailRecord;
}

/** Part of a series without a pause longer than its days. */
interface Stretch {
  from: number;
  to: number;
  first: Occurrence;
}

function put({ days }: Series, occurrence: Occurrence): boolean {
  const { second, record } = occurrence;
  const number = Math.floor(second / daySeconds);
  let day = days.get(number);
  if (day === undefined) {
    day = { from: second, to: second, byEvent: new Map() };
    days.set(number, day);
  }
  day.from = Math.min(day.from, second);
  day.to = Math.max(day.to, second);
  const event = eventOf(record);
  const before = day.byEvent.get(event) ?? [];
  if (before.some(({ id }) => id === occurrence.id)) return false;
  const kept = [...before, occurrence].sort(byTime).slice(0, 2);
  day.byEvent.set(event, kept);
  return kept.includes(occurrence);
}

function byTime(a: Occurrence, b: Occurrence): number {
  return a.second - b.second || (a.id < b.id ? -1 : 1);
}

/** In order. */
function daysOf({ days }: Series): [number, Day][] {
  return [...days].sort(([a], [b]) => a - b);
}

/** The periods of a batch, each with its first hit. */
function stretchesOf(series: Series, seconds: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [, { from, to, byEvent }] of daysOf(series)) {
    const last = stretches.at(-1);
    if (last !== undefined && from - last.to <= seconds) last.to = to;
    else {
      const [first] = [...byEvent.values()].flat().sort(byTime);
      if (first !== undefined) stretches.push({ from, to, first });
    }
  }
  return stretches;
}

/** The first hits of periods that are new, given what is kept. */
function firstsOf(stretches: Stretch[], { stretches: kept, firsts }: Doings, seconds: number): Occurrence[] {
  return stretches
    .map(({ first }) => first)
    .filter(
      ({ id, second }) =>
        firsts.includes(id) || !kept.some(({ from, to }) => from <= second && second <= to + seconds),
    );
}

/** What to keep after a batch; the same object if nothing is new. */
function extended(before: Doings, stretches: Stretch[], firsts: Occurrence[], seconds: number): Doings {
  const all = [...before.stretches, ...stretches.map(({ from, to }) => ({ from, to }))].sort(
    (a, b) => a.from - b.from,
  );
  const merged: Doings["stretches"] = [];
  for (const { from, to } of all) {
    const last = merged.at(-1);
    if (last !== undefined && from - last.to <= seconds) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  const fresh = firsts.map(({ id }) => id).filter((id) => !before.firsts.includes(id));
  const next = {
    stretches: merged.slice(-maxStretches),
    firsts: [...before.firsts, ...fresh].slice(-maxFirsts),
  };
  return JSON.stringify(next) === JSON.stringify(before) ? before : next;
}

function asNew({ hit, record, id, isOwnID, second }: Occurrence, series: Series, began: number): JudgedHit {
  const { novel, name } = series;
  const learnt = began + novel.learning * daySeconds;
  const isLearning = second < learnt;
  const text = isLearning
    ? `first time by ${name} since records began on ${dateOf(began)}; low until ${dateOf(learnt)}, while this is being learned`
    : `first time in ${novel.days} days by ${name}`;
  return {
    hit: {
      ...hit,
      severity: isLearning ? atMostLow(hit.severity) : hit.severity,
      match: { ...hit.match, novelty: isLearning ? { text, isLearning: true } : { text } },
    },
    record,
    ...(isOwnID ? {} : { eventID: id }),
  };
}

function asKnown({ hit, record }: Occurrence, series: Series, what: string): JudgedHit {
  const { novel, name, detection, by } = series;
  const text = `not new: ${name} did it within the ${novel.days} days before`;
  return {
    hit: { ...hit, severity: "info", match: { ...hit.match, novelty: { text, isKnown: true } } },
    record,
    eventID: `known-${hashOf(`${detection}#${by}#${what}`)}`,
  };
}

function atMostLow(severity: Severity): Severity {
  return severity === "info" ? "info" : "low";
}

function oldestOf({ days }: Series): number {
  return Math.min(...[...days.values()].map(({ from }) => from));
}

function dateOf(second: number): string {
  return new Date(second * 1000).toISOString().slice(0, 10);
}

/**
 * Runs tasks that may fail one after another, so that a failure does not stop the others; throws the first error at the
 * end.
 */
async function forAll<Item, Result>(
  items: Item[],
  action: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = await forEachAtMost(atATime, items, action);
  const errors = results.flatMap((result) =>
    result.status === "rejected" ? [result.reason as unknown] : [],
  );
  if (errors.length > 0) throw errors[0];
  return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}

/** Identifies a record, for telling repeated ones. */
export function idOf(record: CloudTrailRecord): string {
  return typeof record.eventID === "string" && record.eventID !== ""
    ? memberID(record.eventID)
    : `sha256-${hashOf(JSON.stringify(record))}`;
}

/** IDs come from outside, so long ones are replaced by their hash. */
function memberID(id: string): string {
  return id.length <= 64 ? id : `sha256-${hashOf(id)}`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
