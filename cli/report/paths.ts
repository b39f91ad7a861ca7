import type { Path } from "../../handlers/detections/finding";
import { type KeptFinding, secondsFromCall } from "../findings/kept";

/** How findings came: within seconds, in log files, or both. */
export interface PathReport {
  /** Findings by the paths that brought them. */
  both: number;
  eventOnly: number;
  logFileOnly: number;
  /** Median seconds from the call until a path brought it; undefined if none did. */
  seconds: Partial<Record<Path, number>>;
  /** How often a path's record lacked a field that is too large: `event requestParameters` → 3. */
  lacked: Record<string, number>;
}

/** Counts how findings came, while they pass. */
export interface PathCount {
  through(findings: AsyncIterable<KeptFinding>): AsyncGenerator<KeptFinding>;
  report(): PathReport;
}

const paths = ["event", "logFile"] as const;

/** Creates the count. */
export function createPathCount(): PathCount {
  const counts = { both: 0, eventOnly: 0, logFileOnly: 0 };
  const lacked: Record<string, number> = {};
  /** By path: how often each number of seconds came. */
  const delays = { event: new Map<number, number>(), logFile: new Map<number, number>() };

  const add = (finding: KeptFinding): void => {
    const { seen = {} } = finding;
    if (seen.event !== undefined && seen.logFile !== undefined) counts.both++;
    else if (seen.event !== undefined) counts.eventOnly++;
    else if (seen.logFile !== undefined) counts.logFileOnly++;
    for (const path of paths) {
      const seconds = secondsFromCall(finding, seen[path]?.at);
      if (seconds !== undefined) delays[path].set(seconds, (delays[path].get(seconds) ?? 0) + 1);
      for (const field of seen[path]?.lacks ?? []) {
        const what = `${path} ${field}`;
        lacked[what] = (lacked[what] ?? 0) + 1;
      }
    }
  };

  return {
    async *through(findings) {
      for await (const finding of findings) {
        add(finding);
        yield finding;
      }
    },
    report() {
      const seconds: PathReport["seconds"] = {};
      for (const path of paths) {
        const median = medianOf(delays[path]);
        if (median !== undefined) seconds[path] = median;
      }
      return { ...counts, seconds, lacked };
    },
  };
}

/** The lower one of the two in the middle. */
function medianOf(counts: Map<number, number>): number | undefined {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  let left = Math.ceil(total / 2);
  for (const [value, count] of [...counts].sort(([a], [b]) => a - b)) if ((left -= count) <= 0) return value;
  return undefined;
}

/** For people; nothing if no event has come. */
export function linesOfPaths({ both, eventOnly, logFileOnly, seconds, lacked }: PathReport): string[] {
  if (both + eventOnly === 0) return [];
  const after = (path: Path) =>
    seconds[path] === undefined ? "" : `, median ${seconds[path]} s after the call`;
  return [
    "",
    "How they came (docs/fast.md)",
    `  ${String(both + eventOnly).padStart(4)} × within seconds, as events of EventBridge${after("event")}`,
    `  ${String(both + logFileOnly).padStart(4)} × in log files${after("logFile")}`,
    `  ${String(both).padStart(4)} × both ways, ${eventOnly} as events alone, ${logFileOnly} in log files alone`,
    ...Object.entries(lacked).map(
      ([what, count]) =>
        `  ${String(count).padStart(4)} × without ${what.split(" ")[1]} in the ${what.startsWith("event") ? "event" : "log file"}`,
    ),
  ];
}
