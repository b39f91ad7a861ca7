import { createHash } from "node:crypto";
import type { CallAws } from "../aws/call";
import { isMember } from "../accounts";
import { createTable } from "../aws/table";
import { type Finding, principalOf } from "../detections/finding";
import type { Settings } from "../settings";
import { createOncePerHour } from "./once-per-hour";
import { breakerKey, type FindingsStore } from "./store";

/** A breaker that has opened: that of a detection or, without one, of the account; for one actor or for all. */
export interface OpenBreaker {
  detection?: string;
  actor?: string;
  /** Fixes per hour that it lets through. */
  max: number;
}

/** The breakers of a stack. */
export interface Breakers {
  /** Counts a fix. @returns why it may not be made, or undefined if it may. The first to meet an open breaker reports it. */
  whyOpen(finding: Finding): Promise<string | undefined>;
}

/** What breakers need. */
export interface BreakerDependencies {
  settings: Pick<Settings, "maxFixesPerHour" | "maxFixesPerHourOfAccount" | "table" | "region" | "accounts"> &
    Partial<Pick<Settings, "account">>;
  aws: CallAws;
  store: Pick<FindingsStore, "mayFix">;
  /** Publishes that a breaker has opened. */
  alertOpened(breaker: OpenBreaker): Promise<void>;
  /** Epoch ms. */
  now(): number;
  pause(ms: number): Promise<void>;
}

/** The id of the breaker that all detections share; no detection has this id. */
const accountBreaker = "account";

/**
 * How many of a breaker's fixes one actor may use, so that an attacker's decoys leave room for fixes of others. A breaker
 * of a few fixes has none to spare.
 */
export function shareOfActor(max: number): number {
  return max < 5 ? max : max - Math.floor(max / 5);
}

/** Creates the breakers, which limit the fixes per hour: per detection, per actor and detection, and for the account. */
export function createBreakers({
  settings,
  aws,
  store,
  alertOpened,
  now,
  pause,
}: BreakerDependencies): Breakers {
  const table = createTable(aws, settings);

  const oncePerHour = createOncePerHour(table, { now, pause, doneAt: "openedAt" });

  return {
    async whyOpen(finding) {
      for (const { key, breaker, whose } of breakersOf(finding, settings)) {
        if (await store.mayFix(key, finding.id, breaker.max)) continue;
        await oncePerHour(breakerKey(key), () => alertOpened(breaker));
        return `the breaker is open: ${breaker.max} fixes ${whose} within an hour`;
      }
      return undefined;
    },
  };
}

/** The breakers that a fix counts against: the actor's first, so that decoys use up the actor's own share. */
function breakersOf(
  finding: Finding,
  settings: BreakerDependencies["settings"],
): { key: string; breaker: OpenBreaker; whose: string }[] {
  const { maxFixesPerHour, maxFixesPerHourOfAccount } = settings;
  const detection = finding.detection.id;
  // Each member has its own.
  const at = isMember({ account: "", ...settings }, finding.account) ? `@${finding.account}` : "";
  const actor = principalOf(finding);
  const scopes = [
    { key: `${detection}${at}`, detection, max: maxFixesPerHour, whose: "by this detection" },
    { key: `${accountBreaker}${at}`, max: maxFixesPerHourOfAccount, whose: "in this account" },
  ];
  const ofActor = scopes
    // A share equal to the whole needs no breaker of its own.
    .filter(({ max }) => shareOfActor(max) < max)
    .map(({ key, whose, max, ...scope }) => ({
      key: `${key}#${hashOf(actor)}`,
      breaker: { ...scope, actor, max: shareOfActor(max) },
      whose: `${whose} of changes by ${actor}`,
    }));
  return [...ofActor, ...scopes.map(({ key, whose, ...breaker }) => ({ key, breaker, whose }))];
}

/** Names come from records, and a key is limited to 2,048 bytes. */
function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
