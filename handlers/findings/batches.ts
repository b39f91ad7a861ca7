/** Has work done batch by batch, while more comes in. */
export interface Batches {
  /** What has to be waited for before more comes in; undefined: nothing. */
  wait(): Promise<void> | undefined;
  /** Resolves when all is done, the last batch as well. */
  end(): Promise<void>;
}

/**
 * Makes batches: one is worked on at a time, and begins when so much waits that it is full. Meanwhile as much again may come
 * in.
 *
 * @param work takes all that waits before it first awaits, and never rejects
 */
export function createBatches(isFull: () => boolean, work: () => Promise<void>): Batches {
  let running: Promise<void> | undefined;

  const run = (): Promise<void> => {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };

  const untilRoom = async (): Promise<void> => {
    while (isFull()) await run();
  };

  return {
    wait: () => (isFull() ? untilRoom() : undefined),
    async end() {
      await running;
      await run();
    },
  };
}
