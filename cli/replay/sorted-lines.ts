import { severities } from "../../handlers/settings";
import type { ReplayFinding } from "./findings";

/** Values of `--sort`. */
export const sortings = ["severity", "time", "none"] as const;

export type Sorting = (typeof sortings)[number];

/** Lines of findings on their way to the output. */
export interface SortedLines {
  add(finding: ReplayFinding, line: string): void;
  /** Passes on what was kept for sorting. */
  end(): void;
}

/**
 * Passes lines on at once, or keeps them to sort them: by severity and then newest first, or oldest first. Only the lines
 * are kept, so a million findings take some hundred megabytes.
 */
export function createSortedLines(sorting: Sorting, out: (line: string) => void): SortedLines {
  if (sorting === "none") return { add: (_, line) => out(line), end: () => {} };
  const kept: { rank: number; at: number; line: string }[] = [];
  return {
    add({ severity, eventTime }, line) {
      const at = Date.parse(eventTime);
      // What has no time comes last.
      kept.push({ rank: severities.indexOf(severity), at: Number.isNaN(at) ? undated[sorting] : at, line });
    },
    end() {
      kept.sort((a, b) =>
        sorting === "time" ? compared(a.at, b.at) : a.rank - b.rank || compared(b.at, a.at),
      );
      for (const { line } of kept.splice(0)) out(line);
    },
  };
}

const undated = { severity: -Infinity, time: Infinity };

/** Infinity minus itself is not a number. */
function compared(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}
