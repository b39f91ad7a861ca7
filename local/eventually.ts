/** When to give up. */
export interface Patience {
  /** A value that changes while there is progress; each change restarts the wait, and the error contains the last one. */
  moved?(): unknown;
  /**
   * How long there may be no progress, in ms. Five minutes by default: on a busy machine, only what is stuck stands
   * still.
   */
  patience?: number;
}

/**
 * Asks repeatedly until there is an answer.
 *
 * @param what is expected, for the error: `the port is closed`
 * @throws Error if there is none and there is no more progress
 */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  { moved = () => undefined, patience = 300_000 }: Patience = {},
): Promise<Answer> {
  let last = moved();
  let since = performance.now();
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    const now = moved();
    if (now !== last) {
      last = now;
      since = performance.now();
    } else if (performance.now() - since > patience)
      throw new Error(
        `expected ${what}; no progress for ${patience / 1000} s${now === undefined ? "" : ` (${String(now)})`}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
