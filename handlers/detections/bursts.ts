import { createHash } from "node:crypto";
import { eventTimeOf } from "../cloudtrail/event-time";
import type { CloudTrailRecord } from "../cloudtrail/record";
import { forEachAtMost } from "../concurrency";
import type { Counted, DetectSettings, Hit } from "./detect";
import type { Detection, Match } from "./detection";

/** Stores the members of bursts: sets of strings that only grow, and expire. */
export interface BurstStore {
  /**
   * Adds members to a set and returns all of its members, including those of other invocations. Atomic: of two concurrent
   * additions, the later one gets both.
   *
   * @param expiresAt epoch s
   */
  add(key: string, members: string[], expiresAt: number): Promise<string[]>;
}

/** Hits of a log file (or of any other batch) that count towards bursts. */
export interface BurstBatch {
  /**
   * Takes a counted hit and its record. Only the last hit of a detection and principal in a window is kept, so that memory
   * does not grow with their number.
   *
   * @param bytes of the record
   * @returns approximately how many more bytes are held now
   */
  add(hit: Hit, record: CloudTrailRecord, bytes?: number): number;
  /** The bursts that these hits belong to. */
  count(): Promise<BurstHit[]>;
}

/** Records of one kind by one principal in one window that are a finding together. */
export interface BurstHit {
  /**
   * Replaces the `eventID` in the finding's id. The same for the same detection, principal and window, whichever records are
   * seen first or repeated.
   */
  eventID: string;
  hit: Hit;
  /** The last of the window's records in this call. */
  record: CloudTrailRecord;
}

/** What counting needs. */
export interface BurstOptions {
  store: BurstStore;
  thresholds: DetectSettings["context"]["thresholds"];
  /** Epoch ms, only for the expiry of stored items; counting uses the time of events. */
  now(): number;
}

/** Store calls made concurrently. */
const atATime = 4;

/** How long members are kept, in seconds: longer than Lambda and SNS retry, and than records are usually late. */
const keepSeconds = 2 * 86_400;

/**
 * Creates batches of counted hits.
 *
 * Time is divided into slots as long as the detection's window W. A slot has a burst if at some second t of the slot at
 * least `threshold` distinct values occurred in (t-W, t]; that is one finding for the slot. Whether a slot has a burst
 * depends only on the set of records and can only change from no to yes, so the order of records, files and invocations
 * does not matter, and a repeated delivery leads to the same finding. The price: an attack that crosses the boundary of a
 * slot is alerted once per slot.
 *
 * For each slot k, a set with the members of slots k and k+1 is stored. Every member is written to two sets and any window
 * lies completely within one of them, so only sets that were just added to must be read, and of two invocations that add
 * concurrently the later one sees everything.
 */
export function createBurstBatches(options: BurstOptions): () => BurstBatch {
  const { store, thresholds, now } = options;

  const count = async (series: Series): Promise<BurstHit[]> => {
    const { threshold, seconds, slots } = series;
    const name = `${series.detection}#${hashOf(series.by)}`;
    const found = new Map<number, string[]>();
    for (const set of setsOf(series)) {
      const members = await store.add(
        `burst#${name}#${set.slot}`,
        set.members,
        Math.floor(now() / 1000) + keepSeconds,
      );
      const occurrences = members.map(occurrenceIn);
      for (const slot of [set.slot, set.slot + 1]) {
        const values = burstIn(occurrences, slot, seconds, threshold);
        if (values !== undefined) found.set(slot, values);
      }
    }
    return [...found].flatMap(([slot, values]) => {
      const last = slots.get(slot)?.last ?? slots.get(slot - 1)?.last;
      if (last === undefined) return [];
      const eventID = `burst-${hashOf(`${name}#${slot}`)}`;
      return [
        { eventID, record: last.record, hit: { ...last.hit, match: matchOf(last.hit, values, seconds) } },
      ];
    });
  };

  return function createBatch() {
    const all = new Map<string, Series>();
    return {
      add(hit, record, bytes = 0) {
        const { detection, counted } = hit;
        const second = Math.floor(eventTimeOf(record) / 1000);
        // Without a time it belongs to no window.
        if (detection.burst === undefined || counted === undefined || Number.isNaN(second)) return 0;
        const key = `${detection.id}#${counted.by}`;
        let series = all.get(key);
        if (series === undefined) {
          series = {
            detection: detection.id,
            by: counted.by,
            seconds: detection.burst.windowMinutes * 60,
            threshold: thresholdOf(detection, thresholds),
            slots: new Map(),
          };
          all.set(key, series);
        }
        const values = valuesOf(counted, record);
        return put(series, second, values, { second, hit, record, bytes });
      },
      async count() {
        const results = await forEachAtMost(atATime, [...all.values()], count);
        const errors = results.flatMap((result) =>
          result.status === "rejected" ? [result.reason as unknown] : [],
        );
        if (errors.length > 0) throw errors[0];
        return results.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
      },
    };
  };
}

/** Keeps bursts in memory: for `replay`, where one process sees all records. */
export function createMemoryBurstStore(): BurstStore {
  const sets = new Map<string, Set<string>>();
  return {
    add(key, members) {
      const set = sets.get(key) ?? new Set<string>();
      sets.set(key, set);
      for (const member of members) set.add(member);
      return Promise.resolve([...set]);
    },
  };
}

/** What a hit adds to its burst. */
export function valuesOf({ values }: Counted, record: CloudTrailRecord): string[] {
  return (values ?? [idOf(record)]).map(memberValue);
}

/** The threshold of a detection's bursts: the configured one, or its own. */
export function thresholdOf(
  { id, burst }: Pick<Detection, "id" | "burst">,
  thresholds: Record<string, number>,
): number {
  return (Object.hasOwn(thresholds, id) ? thresholds[id] : undefined) ?? burst?.threshold ?? 0;
}

/** The counted hits of one detection and one principal. */
interface Series {
  /** The detection's id. */
  detection: string;
  /** The principal that is counted. */
  by: string;
  /** The window, in seconds. */
  seconds: number;
  threshold: number;
  /** By number: seconds since 1970 divided by the window. */
  slots: Map<number, Slot>;
}

/** The hits of a series in one slot. */
interface Slot {
  /** The first and last second of each value. */
  times: Map<string, { first: number; last: number }>;
  /** The last hit, and its record. */
  last: { second: number; hit: Hit; record: CloudTrailRecord; bytes: number };
}

/** How many values of a slot are held before only those that matter are kept. */
export function maxValuesOf(threshold: number): number {
  return 8 * threshold;
}

/** Approximate size of a value, in bytes. */
const bytesOfValue = 250;

/** One value at one time. */
interface Occurrence {
  /** Epoch s. */
  second: number;
  value: string;
}

function put(
  { slots, seconds, threshold }: Series,
  second: number,
  values: string[],
  hit: Slot["last"],
): number {
  const number = Math.floor(second / seconds);
  let slot = slots.get(number);
  let more = 0;
  if (slot === undefined) {
    slot = { times: new Map(), last: hit };
    slots.set(number, slot);
    more += hit.bytes;
  } else if (second >= slot.last.second) {
    more += Math.max(0, hit.bytes - slot.last.bytes);
    slot.last = hit;
  }
  for (const value of values) {
    const known = slot.times.get(value);
    if (known === undefined) more += bytesOfValue;
    slot.times.set(value, {
      first: Math.min(known?.first ?? second, second),
      last: Math.max(known?.last ?? second, second),
    });
  }
  if (slot.times.size > maxValuesOf(threshold)) slot.times = new Map(lastOf(slot, threshold));
  return more;
}

/** The sets that the hits belong to, each with its members. */
function setsOf({ slots, threshold }: Series): { slot: number; members: string[] }[] {
  const sets = new Map<number, string[]>();
  for (const [number, slot] of slots) {
    const members = new Set(
      lastOf(slot, threshold).flatMap(([value, { first, last }]) => [
        `${first}|${value}`,
        `${last}|${value}`,
      ]),
    );
    for (const set of [number - 1, number]) sets.set(set, [...(sets.get(set) ?? []), ...members]);
  }
  return [...sets].map(([slot, members]) => ({ slot, members })).filter(({ members }) => members.length > 0);
}

/**
 * The values of a slot that matter, with their times: at most the `threshold` latest values. That many already make a burst
 * in this slot, and the next slot only looks back at the end of this one. So a set stays small, whatever happens in a slot.
 */
function lastOf({ times }: Slot, threshold: number): [string, { first: number; last: number }][] {
  return latestOf(times, threshold, ({ last }) => last);
}

/** The entries with the latest time, at most `count`. */
export function latestOf<Entry>(
  entries: ReadonlyMap<string, Entry>,
  count: number,
  last: (entry: Entry) => number,
): [string, Entry][] {
  return [...entries].sort(([a, x], [b, y]) => last(y) - last(x) || (a < b ? -1 : 1)).slice(0, count);
}

function occurrenceIn(member: string): Occurrence {
  const bar = member.indexOf("|");
  return { second: Number(member.slice(0, bar)), value: member.slice(bar + 1) };
}

/** The distinct values of the first window in `slot` that suffice for a burst; undefined if there is none. */
function burstIn(
  occurrences: Occurrence[],
  slot: number,
  seconds: number,
  threshold: number,
): string[] | undefined {
  const from = (slot - 1) * seconds;
  const to = (slot + 1) * seconds;
  const inReach = occurrences
    .filter(({ second }) => from < second && second < to)
    .sort((a, b) => a.second - b.second || (a.value < b.value ? -1 : 1));
  // A sliding window over the occurrences: how often each value is in it.
  const inWindow = new Map<string, number>();
  let oldest = 0;
  for (const { second, value } of inReach) {
    inWindow.set(value, (inWindow.get(value) ?? 0) + 1);
    for (
      let old = inReach[oldest];
      old !== undefined && old.second <= second - seconds;
      old = inReach[++oldest]
    ) {
      const left = (inWindow.get(old.value) ?? 0) - 1;
      if (left > 0) inWindow.set(old.value, left);
      else inWindow.delete(old.value);
    }
    if (second >= slot * seconds && inWindow.size >= threshold) return [...inWindow.keys()].sort();
  }
  return undefined;
}

function matchOf(hit: Hit, values: string[], seconds: number): Match {
  const { match, detection } = hit;
  const many = {
    parameter: detection.burst?.distinct === undefined ? "eventID" : "distinct values",
    value: values.slice(0, 20),
    why: `at least ${values.length} within ${seconds / 60} minutes`,
  };
  return { ...match, evidence: [...match.evidence, many] };
}

function idOf(record: CloudTrailRecord): string {
  return typeof record.eventID === "string" && record.eventID !== ""
    ? record.eventID
    : JSON.stringify(record);
}

/** Values come from outside, so long ones are replaced by their hash. */
function memberValue(value: string): string {
  return value.length <= 128 ? value : `sha256-${hashOf(value)}`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
