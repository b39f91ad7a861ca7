import { createMergingOfFiles } from "../../handlers/history/merging";
import { catalogueFor, type ReplayFinding, type ReplaySettings } from "./findings";
import type { ReadSource } from "./read-source";
import type { ReportedProblems } from "./reported-problems";

/** Makes one list of findings of what was found in many files. */
export interface Merging {
  /** Takes a file of earlier records, which make no findings but show what is usual. */
  learn(result: ReadSource): Promise<void>;
  /** Takes a file, in the order of the files: a burst is found in the file that completes it. */
  take(result: ReadSource): Promise<void>;
  /** Prints what is known only at the end. @returns what could not be decided from these files */
  end(): Promise<string[]>;
  counts(): { records: number; sources: number };
}

/** Creates the merging of files. @param out gets each finding once, and the problems */
export function createMerging(
  settings: ReplaySettings,
  now: number,
  out: { print(finding: ReplayFinding): Promise<void> | void; problems: Pick<ReportedProblems, "add"> },
): Merging {
  const merging = createMergingOfFiles(catalogueFor(settings), settings, now);
  const counts = { records: 0, sources: 0 };
  const print = async (findings: ReplayFinding[]) => {
    for (const finding of findings) await out.print(finding);
  };
  return {
    async learn(result) {
      await merging.learn(result);
      for (const problem of result.problems) out.problems.add(problem);
    },
    async take(result) {
      counts.sources++;
      counts.records += result.records;
      await print(await merging.take(result));
      for (const problem of result.problems) out.problems.add(problem);
    },
    async end() {
      const { findings, open } = await merging.end();
      await print(findings);
      return open;
    },
    counts: () => counts,
  };
}
