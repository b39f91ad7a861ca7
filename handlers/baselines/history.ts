import { sameJson } from "../json";
import type { Baseline } from "./baseline";

/** A thing as it was read. */
export interface Look {
  /** When the reading was over, epoch ms: whatever is made later finds the thing like this, or newer. */
  at: number;
  state: Baseline;
}

/** A call that set the thing: from then to the next look nobody has seen how it is. */
export interface Change {
  /** The time of the call, epoch ms. */
  at: number;
  /** Who made it, as {@link stateBefore} is asked for; "" for what is nobody's. */
  by: string;
}

/** What is known of one thing, by time, oldest first. */
export type History = (Look | Change)[];

/** More than changes in the hours between an event and its log file; the oldest go first. */
const maxMoments = 20;

/** DynamoDB takes 400 KB for an item; a character may be three bytes. */
const maxCharacters = 100_000;

function isLook(moment: Look | Change): moment is Look {
  return "state" in moment;
}

/**
 * The history with one moment more, at its place. A look that saw what the look before it had seen adds nothing, nor
 * does a second change by the same before anybody has looked.
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

/** As much of the history, its newest part, as the table has room for. */
export function fitted(history: History): History {
  let newest = history.slice(-maxMoments);
  while (JSON.stringify(newest).length > maxCharacters) newest = newest.slice(1);
  return newest;
}

/**
 * How the thing was just before a call: what the last look before it saw. Undefined when nobody had looked, and when
 * somebody else set the thing between that look and the call: to go back behind that would undo more than the call.
 * What the caller himself had set in between is one act with the call.
 *
 * @param at time of the call, epoch ms; NaN when it is not known
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
