import type { Batch, BatchFile } from "../../handlers/history/batch";

/** How batches are made. */
export interface BatchLimits {
  /** Maximum log files per batch. */
  files: number;
  /** Maximum bytes of log files per batch; a larger file is a batch of its own. */
  bytes: number;
}

/** As much as the function reads in well under a minute of its fifteen. */
export const maxBatchBytes = 64 * 1024 ** 2;

/** Step Functions limits an execution's input to 256 KiB; the keys of these files take half of that. */
const maxBatchFiles = 500;

/** Fewer would cost more in state transitions than they save in time. */
const minBatchFiles = 20;

/** Batches for each concurrent invocation: with several, none waits long for the last one. */
const batchesPerInvocation = 4;

/** The limits with which few files keep all invocations busy, and many files make few batches. */
export function batchLimitsOf(files: number, concurrency: number): BatchLimits {
  const even = Math.ceil(files / (batchesPerInvocation * concurrency));
  return { files: Math.min(maxBatchFiles, Math.max(minBatchFiles, even)), bytes: maxBatchBytes };
}

/** Log files in batches, in their order. */
export function batchesOf(files: BatchFile[], limits: BatchLimits): Batch[] {
  const batches: Batch[] = [];
  let held: BatchFile[] = [];
  let heldBytes = 0;
  const close = () => {
    if (held.length > 0) batches.push({ number: batches.length, files: held });
    held = [];
    heldBytes = 0;
  };
  for (const file of files) {
    const [, bytes] = file;
    if (held.length === limits.files || heldBytes + bytes > limits.bytes) close();
    held.push(file);
    heldBytes += bytes;
  }
  close();
  return batches;
}

/** The list of batches as the state machine reads it: JSON, one batch a line. */
export function manifestOf(batches: Batch[]): Buffer {
  return Buffer.concat(batches.map((batch) => Buffer.from(`${JSON.stringify(batch)}\n`)));
}

/** The batches in a manifest. */
export function batchesIn(manifest: string): Batch[] {
  return manifest
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Batch);
}
