import { folderOf, type Hunt } from "../../handlers/history/batch";
import type { ReplaySettings } from "../replay/findings";
import type { Reports } from "./access";
import type { Amount, Estimate } from "./estimate";

/** What is kept of a hunt besides its results, in its folder of the reports bucket. JSON only. */
export interface HuntRecord {
  hunt: Hunt;
  /** As it was asked for. */
  asked: { from: string; until: string; accounts: string[]; regions: string[] };
  amount: Amount;
  estimate: Estimate;
  /** The stack's settings when it began: those with which it is merged. */
  settings: ReplaySettings;
  /** Executions of the state machine, the latest last. */
  executions: string[];
}

/** The key of a hunt's record. */
const recordKeyOf = (id: string) => `${folderOf(id)}hunt.json`;

/** The key of its list of batches, all of them or those of the attempt with that number. */
export function manifestKeyOf(id: string, attempt?: number): string {
  return `${folderOf(id)}manifest${attempt === undefined ? "" : `-${attempt}`}.jsonl`;
}

export async function saveRecord(reports: Reports, record: HuntRecord): Promise<void> {
  await reports.put(recordKeyOf(record.hunt.id), JSON.stringify(record, undefined, 2));
}

/**
 * The record of a hunt, or of the latest one.
 *
 * @throws Error if there is none
 */
export async function readRecord(reports: Reports, id: string | undefined): Promise<HuntRecord> {
  const found = id ?? (await latestHunt(reports));
  if (found === undefined)
    throw new Error("expected a hunt in the reports bucket, found none: start one with --from and --to");
  if (!/^[\w-]+$/.test(found)) throw new Error(`expected the ID of a hunt, found ${JSON.stringify(found)}`);
  try {
    return JSON.parse((await reports.get(recordKeyOf(found))).toString("utf8")) as HuntRecord;
  } catch (error) {
    if ((error as Error).name !== "NoSuchKey") throw error;
    throw new Error(`expected a hunt ${found} in the reports bucket, found none`, { cause: error });
  }
}

/** IDs begin with the time. */
async function latestHunt(reports: Reports): Promise<string | undefined> {
  const ids = (await reports.list("hunts/"))
    .filter((key) => key.endsWith("/hunt.json"))
    .map((key) => key.split("/").at(-2) ?? "");
  return ids.sort().at(-1);
}

/** The latest execution of a hunt. */
export function lastExecutionOf({ executions }: HuntRecord): string {
  const last = executions.at(-1);
  if (last === undefined)
    throw new Error("expected the hunt to have been started, found no execution: start it again");
  return last;
}
