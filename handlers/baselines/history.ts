import { sameJson } from "../json";
import type { Baseline } from "./baseline";

/** A snapshot of a resource. */
export interface Look {
  /** When reading ended, epoch ms: any later call finds this state or a newer one. */
  at: number;
  state: Baseline;
}

/** A call that set the resource: until the next snapshot, its state is unknown. */
export interface Change {
  /** The time of the call, epoch ms. */
  at: number;
  /** The caller, as passed to {@link stateBefore}; "" for nobody's. */
  by: string;
}

/** What is known of one resource, oldest first. */
export type History = (Look | Change)[];

/** More than the changes in the hours between an event and its log file; the oldest are dropped first. */
const maxMoments = 20;

/** DynamoDB limits an item to 400 KB; a character may take three bytes. */
const maxCharacters = 100_000;

function isLook(moment: Look | Change): moment is Look {
  return "state" in moment;
}

/**
 * The history with one more moment, in order. A snapshot equal to the one before adds nothing, nor does a second change by
 * the same actor before the next snapshot.
 */
export function withMoment(history: History, moment: Look | Change): History {
  const later = history.findIndex(({ at }) => at > moment.at);
  const place = later < 0 ? history.length : later;
  const before = history.slice(0, place);
  const after = history.slice(place);
  if (!isLook(moment)) {
    for (const earlier of [...before].reverse()) {
      if (isLook(earlier)) break;
      if (earlier.by === moment.by) return history;
    }
    return [...before, moment, ...after];
  }
  const sawTheSame = (other: Look | Change | undefined) =>
    other !== undefined && isLook(other) && sameJson(other.state, moment.state);
  if (sawTheSame(before.at(-1))) return history;
  return [...before, moment, ...(sawTheSame(after[0]) ? after.slice(1) : after)];
}

/** The newest part of the history that fits into the table. */
export function fitted(history: History): History {
  let newest = history.slice(-maxMoments);
  while (JSON.stringify(newest).length > maxCharacters) newest = newest.slice(1);
  return newest;
}

/**
 * The state just before a call: the last snapshot before it. Undefined if there is none, or if somebody else set the
 * resource between that snapshot and the call: restoring it would revert more than the call. Changes by the caller in
 * between count as part of the same act.
 *
 * @param at time of the call, epoch ms; NaN if unknown
 * @param by who made it
 */
export function stateBefore(history: History, at: number, by: string): Baseline | undefined {
  for (const moment of [...history].reverse()) {
    if (!(moment.at < at)) continue;
    if (isLook(moment)) return moment.state;
    if (moment.by !== by) return undefined;
  }
  return undefined;
}
