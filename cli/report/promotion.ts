import { clean } from "../../handlers/alerts/clean";
import type { Verdict } from "../../handlers/findings/said";
import type { KeptFinding } from "../findings/kept";

/** How a detection did that was only planned. */
export interface Promotion {
  detection: string;
  /** Days from the first planned finding until now. */
  days: number;
  /** Findings that a fix would have reverted. */
  planned: number;
  /** Of those, what people have fixed themselves. */
  fixedByHand: number;
  verdicts: Partial<Record<Verdict, number>>;
}

/** Counts what was planned, while findings pass. */
export interface PromotionCount {
  through(findings: AsyncIterable<KeptFinding>): AsyncGenerator<KeptFinding>;
  /** Detections that were planned for long enough, the most frequent first. */
  report(): Promotion[];
}

/** How long a detection is only planned before its fixes may be made, in days. */
const leastDays = 14;

const dayMs = 86_400_000;

/** Creates the count. @param now epoch ms */
export function createPromotionCount(now: number): PromotionCount {
  const counts = new Map<string, Promotion>();

  const add = ({ detection, outcome, claimedAt, fixedByHand, verdict }: KeptFinding): void => {
    if (outcome !== "planned") return;
    const count = counts.get(detection) ?? { detection, days: 0, planned: 0, fixedByHand: 0, verdicts: {} };
    counts.set(detection, count);
    count.planned++;
    count.days = Math.max(count.days, Math.floor((now - Date.parse(claimedAt)) / dayMs));
    if (fixedByHand !== undefined) count.fixedByHand++;
    if (verdict !== undefined) count.verdicts[verdict.is] = (count.verdicts[verdict.is] ?? 0) + 1;
  };

  return {
    async *through(findings) {
      for await (const finding of findings) {
        add(finding);
        yield finding;
      }
    },
    report: () =>
      [...counts.values()]
        .filter(({ days }) => days >= leastDays)
        .sort((a, b) => b.planned - a.planned || a.detection.localeCompare(b.detection)),
  };
}

/** Why a detection should not be promoted yet; undefined if nothing speaks against it. */
export function whyNotYet({ verdicts }: Promotion): string | undefined {
  const wrong = (["expected", "false-positive"] as const).flatMap((is) =>
    verdicts[is] === undefined ? [] : [`${verdicts[is]} ${is}`],
  );
  return wrong.length === 0 ? undefined : `not yet: people called ${wrong.join(" and ")}`;
}

/** For people; nothing if nothing was planned for long enough. */
export function linesOfPromotions(promotions: Promotion[]): string[] {
  if (promotions.length === 0) return [];
  return [
    "",
    `Planned for ${leastDays} days or more (docs/safety.md)`,
    ...promotions.flatMap((one) => [
      `  ${clean(one.detection, 100)}: ${one.planned} would have been fixed in ${one.days} days, ${one.fixedByHand} fixed by hand, ${one.verdicts.attack ?? 0} called attacks`,
      `    ${whyNotYet(one) ?? `pulumi config set --path 'detections.${clean(one.detection, 100)}.mode' fix`}`,
    ]),
  ];
}
