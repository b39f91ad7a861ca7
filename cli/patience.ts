import type { Patience } from "../handlers/aws/retries";

/** A person waits a minute for busy resources. */
export const patience: Patience = {
  budgetMs: 60_000,
  now: () => Date.now(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
  remaining: () => Number.POSITIVE_INFINITY,
  beforeRetry: async () => undefined,
};
