import type { Catalogue } from "../rules/rule";
import { createAnswering } from "./asked";
import { createCounting } from "./counting";
import { activeIn, createFindIn, type ReplayFinding, type ReplaySettings } from "./find";
import type { FoundInFile } from "./log-file";

/** What merging takes of a file. */
export type Mergeable = Pick<FoundInFile, "findings" | "counted" | "asked" | "facts" | "oldest">;

/** Makes one list of findings of what was found in many files, in memory. */
export interface MergingOfFiles {
  /** Takes a file of earlier records, which make no findings but show what is usual. */
  learn(found: Pick<Mergeable, "counted" | "facts" | "oldest">): Promise<void>;
  /** Takes a file, in the order of the files: a burst is found in the file that completes it. @returns its findings */
  take(found: Mergeable): Promise<ReplayFinding[]>;
  /** What is known only at the end, and what could not be decided from these files. */
  end(): Promise<{ findings: ReplayFinding[]; open: string[] }>;
}

/** Creates the merging of files: each finding comes once. @param now epoch ms, for exceptions that end */
export function createMergingOfFiles(
  catalogue: Catalogue,
  settings: ReplaySettings,
  now: number,
): MergingOfFiles {
  const isNew = createIsNew();
  const detections = new Map(
    activeIn(catalogue, settings).map((detection) => [detection.id, detection] as const),
  );
  const find = createFindIn(catalogue, settings, now);
  const counting = createCounting(detections, find, settings, now);
  const answering = createAnswering(detections, find);
  return {
    async learn({ counted, facts, oldest }) {
      await counting.learn(counted, oldest);
      answering.add({ facts, asked: [] });
    },
    async take(found) {
      const bursts = await counting.add(found.counted, found.oldest);
      answering.add(found);
      return [...found.findings, ...bursts].filter(isNew);
    },
    async end() {
      const { findings, open } = answering.end();
      return { findings: [...findings, ...(await counting.end())].filter(isNew), open };
    },
  };
}

/** Whether a finding appears for the first time: overlapping trails and copies of files repeat events. */
function createIsNew(): (finding: ReplayFinding) => boolean {
  const seen = new Set<string>();
  return ({ id, eventID }) => {
    // Without an ID, one event cannot be distinguished from two.
    if (eventID === "") return true;
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew;
  };
}
