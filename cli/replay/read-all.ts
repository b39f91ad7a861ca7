import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { ReplaySettings } from "./findings";
import { createReadSource, nothingRead, type ReadSource } from "./read-source";
import { nameOfSource, type Source } from "./source";
import type { Answer, Part, Task, WorkerData } from "./worker";

/** Below this many bytes, starting threads takes longer than reading in this one. */
const worthThreads = 4 * 1024 ** 2;

/** Sources per worker: while it waits for one, it reads another. */
const perWorker = 2;

/** Results per worker that may wait for an earlier one, which bounds memory. */
const aheadPerWorker = 16;

type OnResult = (result: ReadSource, source: Source) => Promise<void>;

/** Called while a source is read. @param bytes how many of its bytes were read */
type OnPart = (source: Source, bytes: number) => void;

/** Reads sources on as many cores as are worthwhile, and passes the results on in the order of the sources. */
export async function readAll(
  sources: Source[],
  settings: ReplaySettings,
  now: number,
  onResult: OnResult,
  onPart: OnPart = () => {},
): Promise<void> {
  const bytes = sources.reduce((sum, source) => sum + source.bytes, 0);
  // Reading from S3 is mostly waiting.
  const remote = sources.some(({ kind }) => kind === "s3");
  const workers = Math.min(availableParallelism(), sources.length);
  // Standard input belongs to this thread.
  const isHere = sources.some(({ kind }) => kind === "stdin");
  if (workers > 1 && !isHere && (bytes >= worthThreads || (remote && sources.length > 8)))
    return readInWorkers(sources, { settings, now }, workers, onResult, onPart);
  const readSource = createReadSource(settings, now);
  for (const source of sources)
    await onResult(await readSource(source, (bytes) => onPart(source, bytes)), source);
}

async function readInWorkers(
  sources: Source[],
  data: WorkerData,
  count: number,
  onResult: OnResult,
  onPart: OnPart,
): Promise<void> {
  const results = new Map<number, ReadSource>();
  const workers: Worker[] = [];
  const running = new Map<Worker, Set<number>>();
  let next = 0;
  let handedOn = 0;
  let wake = (): void => {};

  const give = (worker: Worker) => {
    const own = running.get(worker);
    while (
      own !== undefined &&
      own.size < perWorker &&
      next < sources.length &&
      next < handedOn + count * aheadPerWorker
    ) {
      const index = next++;
      own.add(index);
      worker.postMessage({ index, source: sources[index] as Source } satisfies Task);
    }
  };
  /** If a thread dies (out of memory, say), what it was reading is lost; the others continue. */
  const lose = (worker: Worker, reason: string) => {
    for (const index of running.get(worker) ?? [])
      results.set(index, {
        ...nothingRead(),
        problems: [
          {
            kind: "unreadable",
            name: nameOfSource(sources[index] as Source),
            reason,
            isNamed: true,
          },
        ],
      });
    running.delete(worker);
    wake();
  };
  const start = () => {
    const worker = new Worker(join(__dirname, "worker.js"), { workerData: data });
    workers.push(worker);
    running.set(worker, new Set());
    worker.on("message", (message: Answer | Part) => {
      if ("bytes" in message) return onPart(sources[message.index] as Source, message.bytes);
      const { index, result } = message;
      running.get(worker)?.delete(index);
      results.set(index, result);
      give(worker);
      wake();
    });
    worker.on("error", (error) => lose(worker, `the thread that read it ended: ${error.message}`));
    worker.on("exit", () => lose(worker, "the thread that read it ended"));
    give(worker);
  };

  try {
    for (let i = 0; i < count; i += 1) start();
    while (handedOn < sources.length) {
      const result = results.get(handedOn);
      if (result === undefined) {
        if (running.size === 0) start();
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      results.delete(handedOn);
      await onResult(result, sources[handedOn] as Source);
      handedOn++;
      for (const worker of running.keys()) give(worker);
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
