import { huntedSettings } from "../../handlers/history/batch";
import { catalogueFor } from "../replay/findings";
import { createMerging } from "../replay/merging";
import { counted, lookOf, printerFor } from "../replay/printer";
import { createReadSource } from "../replay/read-source";
import { createReportedProblems } from "../replay/reported-problems";
import { createS3Reader } from "../replay/s3";
import { durationText } from "./estimate";
import type { Hunter } from "./hunter";
import type { Progress } from "./machine";
import { type HuntRecord, lastExecutionOf } from "./record";
import { createResults, type Results } from "./results";

/** The first and the longest pause between two looks, in ms. */
const pauses = { first: 500, longest: 5_000 };

/** Follows a hunt until it ends, and prints its results; or until Ctrl-C, after which it goes on. */
export async function follow(hunter: Hunter, record: HuntRecord): Promise<number> {
  const { reports, machine, io } = hunter;
  const { id } = record.hunt;
  const results = await createResults(reports, record.hunt);
  const interrupted = createInterrupted();
  try {
    const startedAt = Date.now();
    for (let pause = pauses.first; ; pause = Math.min(pauses.longest, pause * 1.5)) {
      const progress = await machine.progress(lastExecutionOf(record));
      const found = await results.fetch();
      io.progress?.(progressLine(record, progress, found, Date.now() - startedAt));
      if (progress.status !== "RUNNING") return await finish(hunter, record, progress, results);
      await interrupted.wait(pause);
      if (interrupted.isOver()) {
        io.progress?.("");
        io.err(
          `The hunt ${id} goes on. To see how far it is: npx cloudtrailer hunt --status ${id}; for its results: --resume`,
        );
        return 1;
      }
    }
  } finally {
    interrupted.close();
    await results.close();
  }
}

/** Ctrl-C, once. */
function createInterrupted() {
  let isOver = false;
  let wake = () => {};
  const onSignal = () => {
    isOver = true;
    wake();
  };
  process.once("SIGINT", onSignal);
  return {
    isOver: () => isOver,
    wait: (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (isOver) wake();
      }),
    close: () => process.off("SIGINT", onSignal),
  };
}

function progressLine(
  { amount }: HuntRecord,
  { batches }: Progress,
  found: { batches: number; records: number; findings: number },
  elapsedMs: number,
): string {
  const left =
    found.batches === 0
      ? ""
      : `; ${durationText((elapsedMs / 1000 / found.batches) * (amount.batches - found.batches))} left`;
  return `${found.batches} of ${amount.batches} batches, ${counted(found.records, "record")}, ${counted(found.findings, "finding")}, ${batches.failed} failed${left}`;
}

/** Prints the results of a hunt that has ended, or what it lacks. */
async function finish(
  { access, machine, values, io }: Hunter,
  record: HuntRecord,
  { status, cause }: Progress,
  results: Results,
): Promise<number> {
  io.progress?.("");
  const { hunt, amount } = record;
  const missing = results.missing(amount.batches);
  if (missing.length > 0) {
    io.err(
      `cloudtrailer hunt: ${hunt.id} ended (${status}${cause === undefined ? "" : `: ${cause}`}) without ${missing.length} of ${counted(amount.batches, "batch").replace(/batchs$/, "batches")}`,
    );
    for (const [why, times] of await machine.failures(lastExecutionOf(record)))
      io.err(`cloudtrailer hunt: ${times === 1 ? "once" : `${times} times`} ${why}`);
    io.err(`cloudtrailer hunt: to run them again: npx cloudtrailer hunt --resume ${hunt.id}`);
    return 1;
  }
  const settings = huntedSettings(
    record.settings,
    hunt,
    catalogueFor(record.settings).detections.map(({ id }) => id),
  );
  const { region } = access;
  const at = values.endpoint === undefined ? { region } : { region, endpoint: values.endpoint };
  const problems = createReportedProblems("hunt", io);
  const about = {
    verb: "hunt",
    title: "Findings in old log files",
    did: "Read",
    exceptions: settings.exceptions,
    now: hunt.now,
  };
  const printer = await printerFor(lookOf(values), values, about, io);
  const merging = createMerging(settings, hunt.now, { print: (finding) => printer.print(finding), problems });
  await results.merge(merging, createReadSource(settings, hunt.now, createS3Reader(at)));
  const open = await merging.end();
  await printer.end(merging.counts(), open);
  return problems.end(merging.counts().records) ? 0 : 2;
}
