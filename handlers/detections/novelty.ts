import { createHash } from "node:crypto";
import { eventTimeOf } from "../cloudtrail/event-time";
import { type CloudTrailRecord, eventOf } from "../cloudtrail/record";
import { forEachAtMost } from "../concurrency";
import type { Severity } from "../settings";
import type { Hit } from "./detect";
import type { Novel } from "./detection";
import { principalOf } from "./readers/principal";

/** What is kept of one principal's doings, as one detection sees them. Plain JSON, of bounded size. */
export interface Doings {
  /** Stretches without a pause of more than the detection's days, oldest first: from their first to their last, epoch s. */
  stretches: { from: number; to: number }[];
  /** IDs of the events that were new, so that they are new again when their records come again. */
  firsts: string[];
}

/** Where it is kept what principals have done. */
export interface NoveltyStore {
  /**
   * When the first record was handled, epoch s. `at` when that is not known yet.
   *
   * @param lower whether an earlier `at` takes its place: records of the past were learnt
   */
  begin(at: number, lower: boolean): Promise<number>;
  /**
   * Changes what is kept under a key. Atomic: `change` gets what is kept at the moment of writing, so it may be called again.
   * What it returns unchanged is not written.
   *
   * @param expiresAt epoch s
   */
  change(key: string, change: (doings: Doings) => Doings, expiresAt: number): Promise<void>;
}

/** Hits of a log file (or of any other batch) by detections that ask what is new. */
export interface NoveltyBatch {
  /**
   * Takes a hit and its record. Of all hits of one principal only some of each day are kept, so that memory does not grow
   * with their number.
   *
   * @param eventID what stands for the record's own: for bursts, the burst's
   * @returns whether it is one of those that are kept
   */
  add(hit: Hit, record: CloudTrailRecord, eventID?: string): boolean;
  /** The findings that these hits make, new ones and known ones. */
  judge(): Promise<JudgedHit[]>;
  /**
   * Takes these hits for what principals did before anybody looked: they make no findings, and learning began with them.
   *
   * @param at of the oldest record of that time, hit or not, epoch s
   */
  learn(at: number): Promise<void>;
}

/** A hit with the severity that it has as something new or known. */
export interface JudgedHit {
  hit: Hit;
  record: CloudTrailRecord;
  /** What stands for the `eventID` in the finding's ID; undefined: the record's own. */
  eventID?: string;
}

/** What tells new from known. */
export interface Novelties {
  /** Says that records were handled of which the oldest is from then (epoch s): with the first ones, learning begins. */
  begin(at: number): Promise<void>;
  newBatch(): NoveltyBatch;
}

/** What novelties are made with. */
export interface NoveltyOptions {
  store: NoveltyStore;
  /** Epoch ms; for the expiry of what is stored alone, judging knows only the time of events. */
  now(): number;
}

/** Stores asked at a time. */
const atATime = 4;

const daySeconds = 86_400;

/** What is kept of one principal: far more than happens, so that nothing hostile makes it grow. */
const maxStretches = 16;
const maxFirsts = 64;

/**
 * Makes what tells new from known: whether a principal did something for the first time in so many days.
 *
 * A record is new when no other one of the same detection and principal is from the days before it, or from the same
 * second. That depends on the records' own times, not on their order: one that comes late and is older than all others
 * is new itself, and one that fills a gap is known. What was new once stays new when its record comes again, since
 * the IDs of new events are kept; so a retry after a crash makes the same finding.
 *
 * Everything is new at first. Until `learning` days after the first record that was ever handled, what is new is `low`.
 *
 * What is known makes one finding of severity `info` for each principal, event and day.
 */
export function createNovelties({ store, now }: NoveltyOptions): Novelties {
  /** When the first record was handled, epoch s; asked once. */
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

/** Keeps doings in memory: for `replay`, where one process sees all records. */
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

/** How long after their days doings are kept: CloudTrail delivers for 30 days what it could not deliver at once, s. */
const maxLateSeconds = 31 * daySeconds;

/** The hits of one detection and one principal. */
interface Series {
  /** The detection's id. */
  detection: string;
  /** Who it is about, and what a person calls them. */
  by: string;
  name: string;
  novel: Novel;
  /** By number: the days since 1970. */
  days: Map<number, Day>;
}

/** The hits of a series on one day. */
interface Day {
  /** Epoch s. */
  from: number;
  to: number;
  /** The two earliest of each event: one may be new, and the other one then stands for all that are known. */
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

/** Some of a series, without a pause of more than its days. */
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

/** In their order. */
function daysOf({ days }: Series): [number, Day][] {
  return [...days].sort(([a], [b]) => a - b);
}

/** The stretches of a batch, each with its first. */
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

/** Of the firsts of stretches, those that are new considering what is kept. */
function firstsOf(stretches: Stretch[], { stretches: kept, firsts }: Doings, seconds: number): Occurrence[] {
  return stretches
    .map(({ first }) => first)
    .filter(
      ({ id, second }) =>
        firsts.includes(id) || !kept.some(({ from, to }) => from <= second && second <= to + seconds),
    );
}

/** What is to be kept after a batch; the same object when that is nothing new. */
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
    ? `first time by ${name} since the records begin on ${dateOf(began)}; until ${dateOf(learnt)} this is being learnt, so it is low`
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
  const text = `not new: done by ${name} within the ${novel.days} days before`;
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

/** Does one after the other what may fail, so that one failure does not stop the others; throws the first at the end. */
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

function idOf(record: CloudTrailRecord): string {
  return typeof record.eventID === "string" && record.eventID !== ""
    ? memberID(record.eventID)
    : `sha256-${hashOf(JSON.stringify(record))}`;
}

/** IDs come from outside: what is long is known by its hash. */
function memberID(id: string): string {
  return id.length <= 64 ? id : `sha256-${hashOf(id)}`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
