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

const { settings, now } = workerData as WorkerData;
const readSource = createReadSource(settings, now);

parentPort?.on("message", ({ index, source }: Task) => {
  void readSource(source).then((result) => parentPort?.postMessage({ index, result } satisfies Answer));
});
