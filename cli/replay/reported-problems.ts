import type { Io } from "../verb";
import { isLoss, isReportedAtOnce, lineOf, linesOfGroups, type Problem } from "./problems";

/** Reports problems, on standard error. */
export interface ReportedProblems {
  add(problem: Problem): void;
  /** Reports what was gathered. @returns whether every byte was understood and there was something to read */
  end(records: number): boolean;
}

export function createReportedProblems(verb: string, io: Io): ReportedProblems {
  const gathered: Problem[] = [];
  let isWhole = true;
  const err = (line: string) => {
    io.progress?.("");
    io.err(`cloudtrailer ${verb}: ${line}`);
  };
  return {
    add(problem) {
      if (isLoss(problem)) isWhole = false;
      if (isReportedAtOnce(problem)) err(lineOf(problem));
      else gathered.push(problem);
    },
    end(records) {
      for (const line of linesOfGroups(gathered)) err(line);
      const isNothing = records === 0 && isWhole && gathered.length > 0;
      if (isNothing) err("expected CloudTrail records, found none");
      return isWhole && !isNothing;
    },
  };
}
