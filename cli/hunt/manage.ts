import { counted } from "../replay/printer";
import { bytesText, dollarsText, durationText } from "./estimate";
import { follow } from "./follow";
import { type Hunter, startExecution } from "./hunter";
import { batchesIn, manifestOf } from "./plan";
import { type HuntRecord, lastExecutionOf, manifestKeyOf } from "./record";
import { createResults } from "./results";

/** Shows how far a hunt is, and why batches failed. */
export async function showStatus(hunter: Hunter, record: HuntRecord): Promise<number> {
  const { reports, machine, io } = hunter;
  const { hunt, asked, amount, estimate } = record;
  const results = await createResults(reports, hunt);
  try {
    const progress = await machine.progress(lastExecutionOf(record));
    const found = await results.fetch();
    const missing = results.missing(amount.batches).length;
    io.out(`hunt ${hunt.id}: ${stateOf(progress.status, missing)}`);
    io.out(`log files of s3://${hunt.bucket}, ${asked.from} to ${asked.until}`);
    io.out(
      `${found.batches} of ${amount.batches} batches read: ${counted(found.records, "record")}, ${counted(found.findings, "finding")} of single records`,
    );
    io.out(
      `${counted(amount.files, "log file")}, ${bytesText(amount.bytes)}; estimated ${durationText(estimate.seconds)}, ${dollarsText(estimate.dollars)}`,
    );
    for (const [why, times] of await machine.failures(lastExecutionOf(record)))
      io.out(`${times} failed: ${why}`);
    return 0;
  } finally {
    await results.close();
  }
}

function stateOf(status: string, missing: number): string {
  if (status === "RUNNING") return "running";
  if (missing === 0) return "ended; --resume prints its results";
  return `ended without all batches (${status}); --resume runs the others again`;
}

/** Stops a running hunt. */
export async function stop({ machine, io }: Hunter, record: HuntRecord): Promise<number> {
  const { status } = await machine.progress(lastExecutionOf(record));
  if (status !== "RUNNING") {
    io.err(`cloudtrailer hunt: expected ${record.hunt.id} to be running, found it ${status}`);
    return 1;
  }
  await machine.stop(lastExecutionOf(record));
  io.out(`${record.hunt.id} is stopped. What it has read is kept; --resume reads the rest`);
  return 0;
}

/** Runs again what has no result, if anything, and follows the hunt. */
export async function resume(hunter: Hunter, record: HuntRecord): Promise<number> {
  const { reports, machine } = hunter;
  const { status, isRedrivable } = await machine.progress(lastExecutionOf(record));
  if (status !== "RUNNING") {
    const results = await createResults(reports, record.hunt);
    try {
      await results.fetch();
      const missing = new Set(results.missing(record.amount.batches));
      if (missing.size > 0 && isRedrivable) await machine.redrive(lastExecutionOf(record));
      else if (missing.size > 0) await startRest(hunter, record, missing);
    } finally {
      await results.close();
    }
  }
  return follow(hunter, record);
}

/** Step Functions does not run an execution again that succeeded in spite of some failures, or is older than 14 days. */
async function startRest(hunter: Hunter, record: HuntRecord, missing: Set<number>): Promise<void> {
  const { id } = record.hunt;
  const all = batchesIn((await hunter.reports.get(manifestKeyOf(id))).toString("utf8"));
  const key = manifestKeyOf(id, record.executions.length + 1);
  await hunter.reports.put(key, manifestOf(all.filter(({ number }) => missing.has(number))));
  await startExecution(hunter, record, key);
}
