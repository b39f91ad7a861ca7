/** Does work batch by batch, while more arrives. */
export interface Batches {
  /** A promise to wait for before more arrives; undefined: no need to wait. */
  wait(): Promise<void> | undefined;
  /** Resolves when everything is done, including the last batch. */
  end(): Promise<void>;
}

/**
 * Creates batches. One is processed at a time, starting when it is full; meanwhile the next one may fill up.
 *
 * @param work takes everything that waits before its first await, and never rejects
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
