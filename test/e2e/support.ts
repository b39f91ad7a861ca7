import { type Emulator, startEmulator } from "../../local/emulator";
import { type Aws, connect } from "../../local/resources/aws";

let started: Promise<Emulator> | undefined;

/** The one emulator of all end-to-end tests, started by the first that asks for it. */
export function emulator(): Promise<Emulator> {
  started ??= startEmulator();
  return started;
}

/** Clients of the emulator's root user. */
export async function aws(functionEnvironment: Record<string, string> = {}): Promise<Aws> {
  return connect({ ...(await emulator()), functionEnvironment });
}

/** Asks again until there is an answer. The limit is for a machine that is busy; an answer mostly comes at once. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  limit = 20_000,
): Promise<T> {
  const deadline = Date.now() + limit;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline)
      throw new Error(`${what} was expected within ${limit / 1000} s, and did not come`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

// At the root of the run: it stops after the last test of all files.
after(async function () {
  this.timeout(20_000);
  await (await started)?.stop();
});
