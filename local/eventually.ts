/** When to give up. */
export interface Patience {
  /** A value that changes as long as something goes on; each change starts the wait anew, and the error has the last. */
  moved?(): unknown;
  /** How long nothing may move, ms. Five minutes when not given: a busy machine is slow, and only what is stuck stands still. */
  patience?: number;
}

/**
 * Asks again until there is an answer.
 *
 * @param what is expected, for the error: `the port is closed`
 * @throws Error when there is none and nothing moves any more
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
        `expected ${what}; nothing has moved for ${patience / 1000} s${now === undefined ? "" : ` (${String(now)})`}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
