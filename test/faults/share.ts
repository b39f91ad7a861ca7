import { createRandom } from "../../bench/random";

/** Whether the campaigns run whole (`npm run test:faults`) or in the share that CI has (`npm test -- share`). */
export const isWhole = process.env.CLOUDTRAILER_FAULTS === "whole";

/** How often something is done: `whole` times by `npm run test:faults`, else `share` times. */
export function times(whole: number, share: number): number {
  return isWhole ? whole : share;
}

/** All of them, or a share of so many, drawn at random and always the same. */
export function someOf<Item>(all: Item[], share: number): Item[] {
  if (isWhole || all.length <= share) return all;
  const random = createRandom(all.length);
  const left = [...all];
  return Array.from({ length: share }, () => left.splice(random.below(left.length), 1)[0] as Item);
}

/** Prints a campaign's counts, which docs/reliability.md refers to. */
export function report(campaign: string, counts: Record<string, number | string>): void {
  const shown = Object.entries(counts).map(([what, count]) => `${what} ${count.toLocaleString("en")}`);
  console.log(`      ${campaign}: ${shown.join(", ")}`);
}
