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
  /** The times of further calls by the same caller before the next snapshot. */
  also?: number[];
}

/** A call that was found to be reverted, by a fix or otherwise: what was seen of it until then is nobody's earlier state. */
export interface Reverted {
  /** When that was found, epoch ms. */
  at: number;
  /** The time of the call, epoch ms, and its caller. */
  from: number;
  by: string;
}

/** What happened to a resource. */
export type Moment = Look | Change | Reverted;

/** What is known of one resource, oldest first. */
export type History = Moment[];

/** More than the changes in the hours between an event and its log file; the oldest are dropped first. */
const maxMoments = 20;

/** Further calls of one caller whose times are kept: of more than these nobody can say that all were reverted. */
const maxAlso = 20;

/** DynamoDB limits an item to 400 KB; a character may take three bytes. */
const maxCharacters = 100_000;

function isLook(moment: Moment): moment is Look {
  return "state" in moment;
}

function isReverted(moment: Moment): moment is Reverted {
  return "from" in moment;
}

/**
 * The history with one more moment, in order. A snapshot equal to the one before adds nothing; a second change by the same
 * caller before the next snapshot adds its time alone, so that a row of calls does not push the snapshots out.
 */
export function withMoment(history: History, moment: Moment): History {
  const later = history.findIndex(({ at }) => at > moment.at);
  const place = later < 0 ? history.length : later;
  const before = history.slice(0, place);
  const after = history.slice(place);
  if (isReverted(moment))
    return history.some((one) => isReverted(one) && one.from === moment.from && one.by === moment.by)
      ? history
      : [...before, moment, ...after];
  return isLook(moment) ? withLook(before, moment, after) : withChange(before, moment, after);
}

function withLook(before: History, look: Look, after: History): History {
  const sawTheSame = (other: Moment | undefined) =>
    other !== undefined && isLook(other) && sameJson(other.state, look.state);
  if (sawTheSame(before.at(-1))) return [...before, ...after];
  return [...before, look, ...(sawTheSame(after[0]) ? after.slice(1) : after)];
}

function withChange(before: History, change: Change, after: History): History {
  const seen = before.map(isLook).lastIndexOf(true);
  const unseen = before.slice(seen + 1);
  const earlier = unseen.find((one) => !isLook(one) && !isReverted(one) && one.by === change.by);
  if (earlier === undefined) return [...before, change, ...after];
  const joined = joinedChange(earlier as Change, change);
  return [...before.map((one) => (one === earlier ? joined : one)), ...after];
}

/** Two changes by the same caller as one. */
function joinedChange(earlier: Change, { at, also = [] }: Change): Change {
  const known = [earlier.at, ...(earlier.also ?? [])];
  const more = [at, ...also].filter((time) => !known.includes(time));
  return more.length === 0
    ? earlier
    : { ...earlier, also: [...(earlier.also ?? []), ...more].slice(0, maxAlso) };
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
 * between count as part of the same act. What a fix has reverted counts for nothing, and neither does a snapshot of it: to
 * restore that would repeat the call that was reverted.
 *
 * @param at time of the call, epoch ms; NaN if unknown
 * @param by who made it
 */
export function stateBefore(history: History, at: number, by: string): Baseline | undefined {
  const reverted = history.filter(isReverted);
  const showsReverted = (look: Look) => reverted.some((one) => one.from <= look.at && look.at < one.at);
  for (const moment of [...history].reverse()) {
    if (!(moment.at < at) || isReverted(moment)) continue;
    if (isLook(moment)) {
      if (!showsReverted(moment)) return moment.state;
    } else if (moment.by !== by && !isUndone(moment, reverted)) return undefined;
  }
  return undefined;
}

/** Whether fixes reverted all that a change stands for. */
function isUndone({ at, by, also = [] }: Change, reverted: Reverted[]): boolean {
  return (
    also.length < maxAlso &&
    [at, ...also].every((time) => reverted.some((one) => one.from === time && one.by === by))
  );
}
