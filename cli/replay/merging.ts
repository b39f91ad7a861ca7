import { createAnswering } from "./asked";
import { createCounting } from "./counting";
import type { ReplaySettings } from "./findings";
import { createIsNew, type Printer } from "./printer";
import type { ReadSource } from "./read-source";
import type { ReportedProblems } from "./reported-problems";

/** Makes one list of findings of what was found in many files. */
export interface Merging {
  /** Takes a file of earlier records, which make no findings but show what is usual. */
  learn(result: ReadSource): Promise<void>;
  /** Takes a file, in the order of the files: a burst is found in the file that completes it. */
  take(result: ReadSource): Promise<void>;
  /** Prints what is known only at the end. @returns whether every byte was understood and there was something to read */
  end(): Promise<boolean>;
}

/** Creates the merging of files, which prints their findings and problems. */
export function createMerging(
  settings: ReplaySettings,
  now: number,
  { printer, problems }: { printer: Printer; problems: ReportedProblems },
): Merging {
  const isNew = createIsNew();
  const counting = createCounting(settings, now);
  const answering = createAnswering(settings, now);
  const counts = { records: 0, sources: 0 };
  return {
    async learn(result) {
      await counting.learn(result.counted, result.oldest);
      answering.add({ facts: result.facts, asked: [] });
      for (const problem of result.problems) problems.add(problem);
    },
    async take(result) {
      counts.sources++;
      counts.records += result.records;
      const findings = [...result.findings, ...(await counting.add(result.counted, result.oldest))];
      answering.add(result);
      for (const finding of findings) if (isNew(finding)) printer.print(finding);
      for (const problem of result.problems) problems.add(problem);
    },
    async end() {
      const { findings, open } = answering.end();
      for (const finding of [...findings, ...(await counting.end())])
        if (isNew(finding)) printer.print(finding);
      printer.end(counts, open);
      return problems.end(counts.records);
    },
  };
}
