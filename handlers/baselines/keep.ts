import type { CallAws } from "../aws/call";
import { inAccount } from "../aws/members";
import { type Actor, actorOf } from "../cloudtrail/actor";
import { eventTimeOf } from "../cloudtrail/event-time";
import { accountOf, type CloudTrailRecord, succeeded } from "../cloudtrail/record";
import { forEachAtMost } from "../concurrency";
import type { Finding } from "../detections/finding";
import { isOwnAction } from "../cloudtrail/own-actions";
import { problemOf } from "../problem";
import { baselineKeyOf, readBaseline } from "./baseline";
import { type BaselineName, baselineKinds } from "./kinds/index";
import type { Settings } from "../settings";
import { type Change, fitted, type History, type Look, stateBefore, withMoment } from "./history";
import { settingEventNames, type Thing, thingsSetBy } from "./setting-events";
import { type BaselineStore, createBaselineStore } from "./store";

/** The result of taking snapshots, for the log. */
export interface Kept {
  /** Resources that were read. */
  seen: number;
  /** Those with a new state. */
  written: number;
  /** Resources that were set but not read: there were too many, or time ran out. */
  passedOver: number;
  /** What could not be read or recorded, and why. */
  problems: string[];
}

/** The baselines of one notification. */
export interface Noticed {
  /** Notes what a record set, to read it later. */
  note(record: CloudTrailRecord): void;
  /** The state of a resource before a finding's event, by its key; undefined if unknown. */
  before(finding: Pick<Finding, "record" | "actor">, key: string): Promise<unknown>;
  /** Records that what a finding's event did to resources is reverted, by their keys. */
  reverted(finding: Pick<Finding, "record" | "actor">, keys: string[]): Promise<void>;
  /** Reads everything that was set; undefined if nothing was. Never rejects. @param remaining time left, in ms */
  look(remaining: () => number): Promise<Kept | undefined>;
}

/** What keeping baselines needs. */
export interface KeepOptions {
  settings: Pick<Settings, "account" | "region" | "roleName" | "table" | "accounts" | "memberRole">;
  kinds: BaselineName[];
  aws: CallAws;
  /** The account to keep baselines of, if it is a member. */
  member?: string;
  /** Epoch ms. */
  now(): number;
}

/** Takes snapshots of resources and records them. */
export interface KeepBaselinesOf {
  /** Begins a notification. */
  notice(): Noticed;
  /**
   * Takes and records a snapshot of a resource. @returns whether it is new
   *
   * @param changes known changes of it, which are recorded even if it cannot be read
   * @param seen its state, if already known
   * @throws Error if it could not be read or recorded
   */
  lookAt(thing: Thing, changes?: Change[], seen?: Look): Promise<boolean>;
}

/** Resources noted per notification; what a flood sets beyond that waits for the hourly run. */
const maxNoted = 10_000;

/** Resources read after one notification. */
const maxLooks = 100;

/** Resources read concurrently. */
const atATime = 4;

/** What the rest of the invocation needs, ms. */
const reserve = 10_000;

/** Larger states are not kept, because a history must have room for several. In characters. */
const largestState = 40_000;

/** Creates the keeper of baselines: of what a notification's records set, and of single resources. */
export function createKeepBaselines(options: KeepOptions): KeepBaselinesOf {
  const { settings, kinds, now, member } = options;
  const { table, region } = settings;
  const store = createBaselineStore(options.aws, {
    table,
    region,
    now,
    ...(member === undefined ? {} : { account: member }),
  });
  const aws = member === undefined ? options.aws : inAccount(options.aws, member);
  const account = member ?? settings.account;
  const setting = new Set(settingEventNames(kinds));
  const keyOf = ({ kind, region, id }: Thing) => baselineKeyOf(baselineKinds[kind], region, id);

  const lookAt = async (thing: Thing, changes: Change[] = [], seen?: Look): Promise<boolean> => {
    const moments: History = [...changes];
    let problem: unknown;
    try {
      const state =
        seen?.state ?? (await readBaseline(aws, baselineKinds[thing.kind], thing.region, thing.id));
      const at = seen?.at ?? now();
      const { length } = JSON.stringify(state);
      // An earlier state must not be taken for one that is too large to keep.
      moments.push(length > largestState ? { at, by: "" } : { at, state });
      if (length > largestState)
        problem = new Error(`expected a state of at most ${largestState} characters, found one of ${length}`);
    } catch (error) {
      problem = error;
    }
    const isNew = moments.length > 0 && (await store.add(keyOf(thing), moments));
    if (problem !== undefined) throw problem;
    return isNew;
  };

  const notice = (): Noticed => {
    const noted = new Map<string, { thing: Thing; changes: Change[] }>();
    let passedOver = 0;

    const note = (record: CloudTrailRecord): void => {
      // Called for every parsed record.
      if (!setting.has(record.eventName)) return;
      const things = thingsSetBy(record, kinds);
      if (things.length === 0 || !succeeded(record) || accountOf(record) !== account) return;
      for (const thing of things) {
        const key = keyOf(thing);
        const known = noted.get(key) ?? { thing, changes: [] };
        if (!noted.has(key) && noted.size >= maxNoted) {
          passedOver++;
          continue;
        }
        noted.set(key, known);
        const at = eventTimeOf(record);
        // What this system sets is the earlier state.
        if (Number.isNaN(at) || isOwnAction(record, settings)) continue;
        known.changes = fitted(withMoment(known.changes, { at, by: whoOf(actorOf(record)) })) as Change[];
      }
    };

    const reverted = async ({ record, actor }: Pick<Finding, "record" | "actor">, keys: string[]) => {
      const from = eventTimeOf(record);
      if (Number.isNaN(from)) return;
      for (const key of keys) await store.add(key, [{ at: now(), from, by: whoOf(actor) }]);
    };

    const before = (finding: Pick<Finding, "record" | "actor">, key: string) =>
      baselineBefore(store, finding, key, noted.get(key)?.changes);

    const look = async (remaining: () => number): Promise<Kept | undefined> => {
      if (noted.size === 0) return undefined;
      const inOrder = inTurn([...noted.values()]);
      const kept: Kept = { seen: 0, written: 0, passedOver, problems: [] };
      kept.passedOver += Math.max(0, inOrder.length - maxLooks);
      await forEachAtMost(atATime, inOrder.slice(0, maxLooks), async ({ thing, changes }) => {
        if (remaining() < reserve) {
          kept.passedOver++;
          return;
        }
        try {
          if (await lookAt(thing, changes)) kept.written++;
          kept.seen++;
        } catch (error) {
          kept.problems.push(`unable to keep the baseline ${keyOf(thing)}: ${problemOf(error)}`);
        }
      });
      return kept;
    };

    return { note, before, reverted, look };
  };

  return { notice, lookAt };
}

/**
 * The state of a resource just before a finding's event, by its key; undefined if unknown.
 *
 * @param changes changes that are not yet recorded
 */
export async function baselineBefore(
  store: Pick<BaselineStore, "read">,
  { record, actor }: Pick<Finding, "record" | "actor">,
  key: string,
  changes: Change[] = [],
): Promise<unknown> {
  const history = changes.reduce<History>(withMoment, await store.read(key));
  return stateBefore(history, eventTimeOf(record), whoOf(actor));
}

/** Kinds take turns, so that a flood of one does not keep the others from being read. */
function inTurn<Item extends { thing: Thing }>(items: Item[]): Item[] {
  const counts: Partial<Record<BaselineName, number>> = {};
  return items
    .map((item) => ({ item, turn: (counts[item.thing.kind] = (counts[item.thing.kind] ?? 0) + 1) }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ item }) => item);
}

/** A session counts as its role, because anybody can choose another session name. */
function whoOf({ role, arn, name }: Actor): string {
  return role?.arn ?? arn ?? name;
}
