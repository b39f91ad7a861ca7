/** Time that passes only when everybody waits: hours take as long as the work in them. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Resolves so many ms later. */
  sleep(ms: number): Promise<void>;
  /** Does something so many ms later. @returns what calls it off */
  alarm(ms: number, ring: () => void): () => void;
  /** Lets time pass until the work is done. */
  run<Value>(work: Promise<Value>): Promise<Value>;
}

interface Sleeper {
  at: number;
  order: number;
  wake(): void;
}

/** Turns of the event loop that work has which is not waiting for time: for a stream, say. */
const turns = 1;

/** Turns of the event loop in which nothing happens before work that waits for nobody counts as stuck. */
const maxIdleTurns = 20_000;

/** Makes a clock. @param start epoch ms */
export function createClock(start: number): Clock {
  let now = start;
  let order = 0;
  const sleepers: Sleeper[] = [];

  /** The one to wake first; of two at the same time, the one that went to sleep first. */
  const next = (): Sleeper | undefined => {
    let first: Sleeper | undefined;
    for (const one of sleepers)
      if (first === undefined || one.at < first.at || (one.at === first.at && one.order < first.order))
        first = one;
    if (first !== undefined) sleepers.splice(sleepers.indexOf(first), 1);
    return first;
  };

  const alarm = (ms: number, wake: () => void) => {
    const sleeper = { at: now + Math.max(0, ms), order: order++, wake };
    sleepers.push(sleeper);
    return () => {
      const at = sleepers.indexOf(sleeper);
      if (at >= 0) sleepers.splice(at, 1);
    };
  };

  return {
    now: () => now,
    alarm,
    sleep: (ms) => new Promise((wake) => void alarm(ms, wake)),
    async run<Value>(work: Promise<Value>) {
      const ended: { result?: PromiseSettledResult<Value> } = {};
      void work.then(
        (value) => (ended.result = { status: "fulfilled", value }),
        (reason: unknown) => (ended.result = { status: "rejected", reason }),
      );
      for (let idle = 0; idle < maxIdleTurns; idle++) {
        for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
        if (ended.result?.status === "fulfilled") return ended.result.value;
        if (ended.result?.status === "rejected") throw ended.result.reason;
        const sleeper = next();
        if (sleeper === undefined) continue;
        idle = 0;
        now = Math.max(now, sleeper.at);
        sleeper.wake();
      }
      throw new Error("expected the work to end, found it waiting for something other than time");
    },
  };
}
