import type { CallAws } from "../aws/call";
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

/** What looking at some things brought, for the log. */
export interface Kept {
  /** Things that were looked at. */
  seen: number;
  /** Those of them about which something new was written down. */
  written: number;
  /** Things that were set, and not looked at: there were too many, or the time was up. */
  passedOver: number;
  /** What could not be looked at or written down, and why. */
  problems: string[];
}

/** The baselines of one notification. */
export interface Noticed {
  /** Takes note of a record: what it set is looked at later. */
  note(record: CloudTrailRecord): void;
  /** How a thing was before a finding's event, by its key; undefined when that is not known. */
  before(finding: Pick<Finding, "record" | "actor">, key: string): Promise<unknown>;
  /** Looks at all that was set. Undefined: nothing was. Never rejects. @param remaining ms that this may yet take */
  look(remaining: () => number): Promise<Kept | undefined>;
}

/** What baselines are kept with. */
export interface KeepOptions {
  settings: Pick<Settings, "account" | "region" | "roleName" | "table">;
  kinds: BaselineName[];
  aws: CallAws;
  /** Epoch ms. */
  now(): number;
}

/** Looks at things and remembers what it saw. */
export interface KeepBaselinesOf {
  /** Begins a notification. */
  notice(): Noticed;
  /**
   * Looks at a thing and writes down what it saw. @returns whether that was new
   *
   * @param changes known changes of it, which are written down even when it cannot be read
   * @param seen how it is, when that is known already
   * @throws Error when it could not be read or written down
   */
  lookAt(thing: Thing, changes?: Change[], seen?: Look): Promise<boolean>;
}

/** Things that one notification may have set, of which note is taken; what a flood sets beyond that waits for the schedule. */
const maxNoted = 10_000;

/** Things looked at after one notification. */
const maxLooks = 100;

/** Looks at a time. */
const atATime = 4;

/** What the rest of the invocation needs, ms. */
const reserve = 10_000;

/** A larger state is not kept: the history of a thing has room for some of them. Characters. */
const largestState = 40_000;

/** Makes what keeps baselines: from what a notification's records set, and of one thing at a time. */
export function createKeepBaselines({ settings, kinds, aws, now }: KeepOptions): KeepBaselinesOf {
  const store = createBaselineStore(aws, { table: settings.table, region: settings.region, now });
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
      // What was seen earlier must not stand for what is too large to keep.
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
      // Asked of every record that was parsed.
      if (!setting.has(record.eventName)) return;
      const things = thingsSetBy(record, kinds);
      if (things.length === 0 || !succeeded(record) || accountOf(record) !== settings.account) return;
      for (const thing of things) {
        const key = keyOf(thing);
        const known = noted.get(key) ?? { thing, changes: [] };
        if (!noted.has(key) && noted.size >= maxNoted) {
          passedOver++;
          continue;
        }
        noted.set(key, known);
        const at = eventTimeOf(record);
        // What this system sets is what was there before.
        if (Number.isNaN(at) || isOwnAction(record, settings)) continue;
        known.changes = fitted(withMoment(known.changes, { at, by: whoOf(actorOf(record)) })) as Change[];
      }
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

    return { note, before, look };
  };

  return { notice, lookAt };
}

/**
 * How a thing was just before a finding's event, by its key; undefined when that is not known.
 *
 * @param changes changes that are not written down yet
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

/** The kinds take turns, so that a flood of one does not keep the others from being looked at. */
function inTurn<Item extends { thing: Thing }>(items: Item[]): Item[] {
  const counts: Partial<Record<BaselineName, number>> = {};
  return items
    .map((item) => ({ item, turn: (counts[item.thing.kind] = (counts[item.thing.kind] ?? 0) + 1) }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ item }) => item);
}

/** A session is its role: anybody may give it another name. */
function whoOf({ role, arn, name }: Actor): string {
  return role?.arn ?? arn ?? name;
}
