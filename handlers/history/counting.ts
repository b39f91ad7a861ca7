import { type BurstBatch, createBurstBatches, createMemoryBurstStore } from "../detections/bursts";
import { createMemoryNoveltyStore, createNovelties, type NoveltyBatch } from "../detections/novelty";
import type { CloudTrailRecord } from "../cloudtrail/record";
import { older } from "./log-file";
import type { Detection } from "../detections/detection";
import type { Find, ReplayCounted, ReplayFinding, ReplaySettings } from "./find";

/** Turns hits that mean something only together into findings: bursts, and novelties of a principal. */
export interface Counting {
  /**
   * Takes the hits of one file and returns the bursts that they complete, each once.
   *
   * @param oldest epoch ms of the oldest record examined; NaN if there was none
   */
  add(counted: ReplayCounted[], oldest: number): Promise<ReplayFinding[]>;
  /** Takes the hits of one file of earlier records, to learn what is usual. */
  learn(counted: ReplayCounted[], oldest: number): Promise<void>;
  /** What is new and what is known. At the end, because records come in any order. */
  end(): Promise<ReplayFinding[]>;
}

/**
 * Counts across all files, in memory.
 *
 * @param detections those that are on, by ID
 */
export function createCounting(
  detections: ReadonlyMap<string, Detection>,
  { shown }: Pick<Find, "shown">,
  { context: { thresholds } }: Pick<ReplaySettings, "context">,
  now: number,
): Counting {
  const newBursts = createBurstBatches({ store: createMemoryBurstStore(), thresholds, now: () => now });
  const novelties = createNovelties({ store: createMemoryNoveltyStore(), now: () => now });
  const present = { novel: novelties.newBatch(), oldest: Number.NaN };
  const past = { novel: novelties.newBatch(), oldest: Number.NaN };
  const sourceOf = new WeakMap<CloudTrailRecord, string>();
  const returned = new Set<string>();

  /** Separates hits that count towards bursts from those that may be new; returns the bursts. */
  const bursts = async (counted: ReplayCounted[], novel: NoveltyBatch) => {
    const batch: BurstBatch = newBursts();
    for (const { hit, record, source } of counted) {
      const detection = detections.get(hit.detection);
      if (detection === undefined) continue;
      sourceOf.set(record, source);
      if (hit.counted === undefined) novel.add({ ...hit, detection }, record);
      else batch.add({ ...hit, detection }, record);
    }
    const found = await batch.count();
    for (const { eventID, hit, record } of found) novel.add(hit, record, eventID);
    return found.filter(({ hit }) => hit.detection.novel === undefined);
  };

  return {
    async add(counted, oldest) {
      present.oldest = older(present.oldest, oldest);
      return (await bursts(counted, present.novel))
        .map(({ eventID, hit, record }) => shown(hit, record, sourceOf.get(record) ?? "", eventID))
        .filter(({ id }) => !returned.has(id) && returned.add(id));
    },
    async learn(counted, oldest) {
      past.oldest = older(past.oldest, oldest);
      await bursts(counted, past.novel);
    },
    async end() {
      if (!Number.isNaN(past.oldest)) await past.novel.learn(secondsOf(past.oldest));
      if (!Number.isNaN(present.oldest)) await novelties.begin(secondsOf(present.oldest));
      return (await present.novel.judge()).map(({ eventID, hit, record }) =>
        shown(hit, record, sourceOf.get(record) ?? "", eventID),
      );
    },
  };
}

function secondsOf(ms: number): number {
  return Math.floor(ms / 1000);
}
