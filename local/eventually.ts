/**
 * Asks again until there is an answer.
 *
 * @param what is expected, for the error: `the port is closed`
 * @param limit ms; for a machine that is busy, since an answer mostly comes soon
 * @throws Error when there is none in time
 */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  limit = 30_000,
): Promise<Answer> {
  const deadline = Date.now() + limit;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`expected within ${limit / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
