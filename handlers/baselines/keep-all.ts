import { type CallAws, callsTo } from "../aws/call";
import { fieldsOf, listOf, textOf } from "../json";
import { forEachAtMost } from "../concurrency";
import { problemOf } from "../problem";
import type { Settings } from "../settings";
import { type Baseline, keptOf } from "./baseline";
import type { KeepBaselines } from "./event";
import type { KeepBaselinesOf } from "./keep";
import { type BaselineName, baselineKinds } from "./kinds/index";
import type { Thing } from "./setting-events";

/** What is listed: a kind of resource, or, first of all, the account's regions. */
type Subject = BaselineName | "regions";

/** The result of a full run, for the log. */
export interface KeptAll {
  regions: string[];
  /** By kind: resources found, and those with a new state. */
  kinds: Partial<Record<BaselineName, { found: number; written: number }>>;
  /** By kind: lists or resources that the time did not suffice for. The next run gets to them earlier. */
  notReached: Partial<Record<Subject, number>>;
  /** By kind: regions in which the service has no endpoint. */
  notThere: Partial<Record<Subject, string[]>>;
  /** What could not be listed, read or recorded, and why: once per kind and error code. */
  problems: { kind: Subject; error: string; regions: string[]; times: number }[];
}

/** What a full run needs. */
export interface KeepAllOptions {
  settings: Pick<Settings, "region"> & { context: Pick<Settings["context"], "allowedRegions"> };
  kinds: BaselineName[];
  aws: CallAws;
  lookAt: KeepBaselinesOf["lookAt"];
  /** Epoch ms. */
  now(): number;
  pause(ms: number): Promise<void>;
}

/** Something to do in a region. */
interface Task {
  kind: Subject;
  region: string;
}

/** Lists and reads made concurrently. */
const atATime = 8;

/** Time reserved for the rest of the invocation, in ms. */
const reserve = 15_000;

/** How long a deployment waits for this at most, in ms. */
const deploymentMs = 60_000;

/** IAM takes some seconds to propagate a new policy. */
const patience = { tries: 4, pauseMs: 5_000 };

/**
 * Creates the full run, which takes a snapshot of everything that baselines are kept of: in the stack's region and the
 * allowed regions or, if none are named, in all that the account has enabled. It never rejects: failures are in its result.
 *
 * @returns a function of the event and of the time left to the invocation, in ms
 */
export function createKeepAll(
  options: KeepAllOptions,
): (event: KeepBaselines, remaining: () => number) => Promise<KeptAll> {
  const { settings, kinds, aws, lookAt, now, pause } = options;

  return async ({ at }, remaining) => {
    const until = now() + (at === "deployment" ? deploymentMs : Number.POSITIVE_INFINITY);
    const kept: KeptAll = { regions: [], kinds: {}, notReached: {}, notThere: {}, problems: [] };

    const known = new Map<string, KeptAll["problems"][number]>();

    const report = ({ kind, region }: Task, error: unknown) => {
      const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
      if (code === "ENOTFOUND") {
        kept.notThere[kind] = [...new Set([...(kept.notThere[kind] ?? []), region])];
        return;
      }
      const key = `${kind} ${textOf(name)}`;
      const problem = known.get(key) ?? { kind, error: problemOf(error), regions: [], times: 0 };
      if (!known.has(key)) kept.problems.push(problem);
      known.set(key, problem);
      problem.times++;
      if (!problem.regions.includes(region)) problem.regions.push(region);
    };

    /** Does `work` for each item as time permits; right after a deployment, retries what is denied. */
    const each = async <Item extends Task>(items: Item[], work: (item: Item) => Promise<void>) => {
      let left = items;
      for (let tries = 1; left.length > 0; tries++) {
        const mayWait = at === "deployment" && tries <= patience.tries;
        const denied: Item[] = [];
        await forEachAtMost(atATime, left, async (item) => {
          if (remaining() < reserve || now() > until) {
            kept.notReached[item.kind] = (kept.notReached[item.kind] ?? 0) + 1;
            return;
          }
          try {
            await work(item);
          } catch (error) {
            if (mayWait && isDenied(error)) denied.push(item);
            else report(item, error);
          }
        });
        left = denied;
        if (left.length > 0) await pause(patience.pauseMs);
      }
    };

    const regionsInUse = async (): Promise<string[]> => {
      const { allowedRegions } = settings.context;
      if (allowedRegions.length > 0) return [...new Set([settings.region, ...allowedRegions])];
      const enabled: string[] = [];
      await each([{ kind: "regions", region: settings.region }], async () => {
        const { Regions } = await aws(callsTo("ec2", settings.region)("DescribeRegions", {}));
        enabled.push(...listOf(Regions).flatMap((one) => textOf(fieldsOf(one).RegionName) ?? []));
      });
      return [...new Set([settings.region, ...enabled])];
    };

    if (kinds.length === 0) return kept;
    kept.regions = await regionsInUse();
    const tasks = kinds.flatMap((kind) =>
      baselineKinds[kind].list.of === "account"
        ? [{ kind, region: settings.region }]
        : kept.regions.map((region) => ({ kind, region })),
    );
    const things: (Thing & { at: number; state?: Baseline })[] = [];
    await each(rotated(tasks, now()), async ({ kind, region }) => {
      for await (const page of baselineKinds[kind].list.pages(aws, region)) {
        const seenAt = now();
        for (const { answers, ...listed } of page) {
          const state = answers === undefined ? {} : { state: keptOf(baselineKinds[kind], answers) };
          things.push({ kind, region, at: seenAt, ...listed, ...state });
        }
      }
    });
    for (const { kind } of things) {
      const counts = (kept.kinds[kind] ??= { found: 0, written: 0 });
      counts.found++;
    }
    await each(rotated(things, now()), async ({ state, at: seenAt, ...thing }) => {
      const isNew = await lookAt(thing, [], state === undefined ? undefined : { at: seenAt, state });
      const counts = kept.kinds[thing.kind];
      if (isNew && counts !== undefined) counts.written++;
    });
    return kept;
  };
}

function isDenied(error: unknown): boolean {
  const name = textOf((error as { name?: unknown } | undefined)?.name) ?? "";
  return /AccessDenied|UnauthorizedOperation|NotAuthorized/.test(name);
}

/** The items, starting at a different one each hour, so that a shortage of time does not always hit the same ones. */
function rotated<Item>(items: Item[], at: number): Item[] {
  const from = items.length === 0 ? 0 : (Math.floor(at / 3_600_000) * 7919) % items.length;
  return [...items.slice(from), ...items.slice(0, from)];
}
