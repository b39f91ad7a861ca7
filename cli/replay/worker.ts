import { parentPort, workerData } from "node:worker_threads";
import type { ReplaySettings } from "./findings";
import { createReadSource, type ReadSource } from "./read-source";
import type { Source } from "./source";

/** What a worker is started with. */
export interface WorkerData {
  settings: ReplaySettings;
  /** Epoch ms. */
  now: number;
}

/** What a worker is asked, and its answer. */
export interface Task {
  index: number;
  source: Source;
}
export interface Answer {
  index: number;
  result: ReadSource;
}
/** How far it has read. */
export interface Part {
  index: number;
  bytes: number;
}

/** Between two messages about a part, in ms: more would only be dropped by the terminal. */
const partEvery = 100;

const { settings, now } = workerData as WorkerData;
const readSource = createReadSource(settings, now);

parentPort?.on("message", ({ index, source }: Task) => {
  let at = Date.now();
  const onPart = (bytes: number) => {
    if (Date.now() - at < partEvery) return;
    at = Date.now();
    parentPort?.postMessage({ index, bytes } satisfies Part);
  };
  void readSource(source, onPart).then((result) =>
    parentPort?.postMessage({ index, result } satisfies Answer),
  );
});
