import { fieldsOf, shownJson, textOf } from "../json";
import { matchesPattern } from "../pattern";
import type { Settings } from "../settings";
import type { FoundInFile } from "./log-file";

/** What all batches of a hunt have in common. Written by `hunt`, passed on by the state machine. JSON only. */
export interface Hunt {
  /** Names the hunt's folder in the reports bucket: {@link folderOf}. */
  id: string;
  /** The bucket of the log files. */
  bucket: string;
  /** Epoch ms: when it began, which decides whether an exception has ended. */
  now: number;
  /** IDs of detections, or patterns of them (`iam-*`); undefined: all that are on. */
  detections?: string[];
}

/** A log file of a batch: its key, and its bytes as listed. */
export type BatchFile = [key: string, bytes: number];

/** One line of the manifest, and one child execution of the state machine. */
export interface Batch {
  /** From 0, in the order of the listing. */
  number: number;
  files: BatchFile[];
}

/** What the function for old log files is invoked with. */
export interface HistoryEvent {
  hunt: Hunt;
  batch: Batch;
}

/** What the function found in one file, on one line of the batch's result. */
export type FileResult = { key: string } & (
  | (Omit<FoundInFile, "oldest"> & {
      /** Epoch ms; omitted if unknown. */
      oldest?: number;
    })
  /** Why the function did not read it: `hunt` does, as `replay` would. */
  | { unread: string; bytes: number }
);

/** The first line of a batch's result, and the function's answer. */
export interface BatchSummary {
  batch: number;
  files: number;
  /** As listed. */
  bytes: number;
  records: number;
  /** Findings of single records; what makes a finding only together with others is counted by `hunt`. */
  findings: number;
  /** Files that `hunt` has to read itself. */
  unread: number;
  /** Records on which a detection failed. */
  failures: number;
  milliseconds: number;
}

/** The folder of a hunt in the reports bucket. */
export function folderOf(id: string): string {
  return `hunts/${id}/`;
}

/** The key of a batch's result. Keys sort as batches do. */
export function resultKeyOf({ id }: Pick<Hunt, "id">, batch: number): string {
  return `${folderOf(id)}results/${String(batch).padStart(8, "0")}.jsonl.gz`;
}

/** The settings in which only the detections of a hunt are on. @param ids of all detections */
export function huntedSettings<S extends Pick<Settings, "detections">>(
  settings: S,
  { detections }: Pick<Hunt, "detections">,
  ids: string[],
): S {
  if (detections === undefined) return settings;
  const others = ids.filter((id) => !detections.some((pattern) => matchesPattern(pattern, id)));
  const off = others.map((id) => [id, { ...settings.detections[id], mode: "off" as const }]);
  return { ...settings, detections: { ...settings.detections, ...Object.fromEntries(off) } };
}

/** Checks what the function was invoked with. @throws Error that says what was expected and found */
export function historyEventOf(event: unknown): HistoryEvent {
  const { hunt, batch } = fieldsOf(event);
  const { id, bucket, now, detections } = fieldsOf(hunt);
  const { number, files } = fieldsOf(batch);
  const isPatterns = detections === undefined || (Array.isArray(detections) && detections.every(isText));
  if (
    !/^[\w-]{1,80}$/.test(textOf(id) ?? "") ||
    !isText(bucket) ||
    !Number.isFinite(now) ||
    !isPatterns ||
    !Number.isSafeInteger(number) ||
    !Array.isArray(files) ||
    !files.every(isFile)
  )
    throw new Error(
      'expected a batch {"hunt":{"id","bucket","now"},"batch":{"number","files":[[key, bytes], …]}} of npx cloudtrailer hunt, ' +
        `found ${shownJson(event)}`,
    );
  return event as HistoryEvent;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isFile(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && isText(value[0]) && Number.isFinite(value[1]);
}
