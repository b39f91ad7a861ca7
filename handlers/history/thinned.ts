import { eventTimeOf } from "../cloudtrail/event-time";
import { eventOf } from "../cloudtrail/record";
import { latestOf, maxValuesOf, thresholdOf, valuesOf } from "../detections/bursts";
import type { Detection } from "../detections/detection";
import { idOf } from "../detections/novelty";
import { principalOf } from "../detections/readers/principal";
import type { ReplayCounted } from "./find";

/** What counting needs to know of a detection. */
export type CountedDetection = Pick<Detection, "id" | "burst">;

/** How many of a day's first hits of one event matter: one may be new, and the next is then a known one. */
const firstsPerDay = 2;

const daySeconds = 86_400;

/**
 * Those of a file's counted hits that decide which bursts and novelties it makes, in their order, each with the values that
 * it decides. A flood of refused calls makes a hit of every record; counting only these gives the same findings (bursts.ts,
 * novelty.ts).
 *
 * @param thresholds of the stack's configuration
 */
export function thinned(
  counted: ReplayCounted[],
  detections: ReadonlyMap<string, CountedDetection>,
  thresholds: Record<string, number>,
): ReplayCounted[] {
  const kept = new Map<ReplayCounted, ReplayCounted>();
  for (const group of groupsOf(counted)) {
    const [{ hit } = { hit: undefined }] = group;
    const detection = detections.get(hit?.detection ?? "");
    if (hit === undefined || detection === undefined) continue;
    if (hit.counted === undefined) for (const one of decidingNovelty(group)) kept.set(one, one);
    else
      for (const [one, values] of decidingBursts(group, detection, thresholds))
        kept.set(one, narrowed(one, values));
  }
  return counted.flatMap((one) => kept.get(one) ?? []);
}

/** By detection and principal; those that may be new also by day. */
function groupsOf(counted: ReplayCounted[]): ReplayCounted[][] {
  const groups = new Map<string, ReplayCounted[]>();
  for (const one of counted) {
    const { hit, record } = one;
    const key =
      hit.counted === undefined
        ? `${hit.detection}#novel#${Math.floor(secondOf(one) / daySeconds)}#${principalOf(record).by}`
        : `${hit.detection}#burst#${hit.counted.by}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** The hits of one window. */
interface Slot {
  /** The first to arrive: findings come in the order of arrival. */
  arrived: ReplayCounted;
  /** The first and the last hit of each value. */
  values: Map<string, { first: ReplayCounted; last: ReplayCounted }>;
  last: ReplayCounted;
}

/**
 * Of each window the last hit, and the first and last hit of the latest values, as many as make a burst; each with the values
 * whose end it is.
 */
function decidingBursts(
  group: ReplayCounted[],
  detection: CountedDetection,
  thresholds: Record<string, number>,
): Map<ReplayCounted, string[]> {
  const seconds = (detection.burst?.windowMinutes ?? 0) * 60;
  const threshold = thresholdOf(detection, thresholds);
  const slots = new Map<number, Slot>();
  for (const one of group) {
    const second = secondOf(one);
    // Without a time it belongs to no window.
    if (second === 0) continue;
    const number = Math.floor(second / seconds);
    const slot = slots.get(number) ?? { arrived: one, values: new Map(), last: one };
    slots.set(number, slot);
    put(slot, one);
    // As in bursts.ts, which forgets at the same moment.
    if (slot.values.size > maxValuesOf(threshold))
      slot.values = new Map(latestOf(slot.values, threshold, lastSecondOf));
  }
  const deciding = new Map<ReplayCounted, string[]>();
  for (const { arrived, values, last } of slots.values()) {
    for (const one of [arrived, last]) deciding.set(one, deciding.get(one) ?? []);
    for (const [value, ends] of latestOf(values, threshold, lastSecondOf))
      for (const end of new Set([ends.first, ends.last]))
        deciding.set(end, [...(deciding.get(end) ?? []), value]);
  }
  return deciding;
}

function put(slot: Slot, one: ReplayCounted): void {
  const second = secondOf(one);
  if (second >= secondOf(slot.last)) slot.last = one;
  for (const value of valuesIn(one)) {
    const { first, last } = slot.values.get(value) ?? { first: one, last: one };
    slot.values.set(value, {
      first: second < secondOf(first) ? one : first,
      last: second > secondOf(last) ? one : last,
    });
  }
}

function lastSecondOf({ last }: { last: ReplayCounted }): number {
  return secondOf(last);
}

function valuesIn({ hit, record }: ReplayCounted): string[] {
  return hit.counted === undefined ? [] : valuesOf(hit.counted, record);
}

/** The hit with these of its values only. */
function narrowed(one: ReplayCounted, values: string[]): ReplayCounted {
  const { counted } = one.hit;
  return counted === undefined ? one : { ...one, hit: { ...one.hit, counted: { ...counted, values } } };
}

/**
 * Of a day the first hits of each event, the first of each to arrive, and the first and last of all, between which the
 * principal was active.
 */
function decidingNovelty(group: ReplayCounted[]): ReplayCounted[] {
  const byEvent = new Map<string, { arrived: ReplayCounted; firsts: ReplayCounted[] }>();
  let [earliest, latest] = [group[0], group[0]];
  for (const one of group) {
    if (earliest === undefined || secondOf(one) < secondOf(earliest)) earliest = one;
    if (latest === undefined || secondOf(one) > secondOf(latest)) latest = one;
    const event = eventOf(one.record);
    const { arrived, firsts } = byEvent.get(event) ?? { arrived: one, firsts: [] };
    const isKnown = firsts.some(({ record }) => idOf(record) === idOf(one.record));
    const next = isKnown ? firsts : [...firsts, one].sort(byTime).slice(0, firstsPerDay);
    byEvent.set(event, { arrived, firsts: next });
  }
  const deciding = [...byEvent.values()].flatMap(({ arrived, firsts }) => [arrived, ...firsts]);
  return [earliest, ...deciding, latest].filter((one) => one !== undefined);
}

function byTime(a: ReplayCounted, b: ReplayCounted): number {
  return secondOf(a) - secondOf(b) || (idOf(a.record) < idOf(b.record) ? -1 : 1);
}

function secondOf({ record }: ReplayCounted): number {
  return Math.floor((eventTimeOf(record) || 0) / 1000);
}
