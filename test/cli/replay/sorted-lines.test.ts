import { expect } from "chai";
import type { ReplayFinding } from "../../../cli/replay/findings";
import { createSortedLines, type Sorting } from "../../../cli/replay/sorted-lines";

const findings = [
  { severity: "low", eventTime: "2026-05-04T10:00:00Z", id: "a" },
  { severity: "high", eventTime: "not a time", id: "b" },
  { severity: "high", eventTime: "2026-05-03T10:00:00Z", id: "c" },
  { severity: "high", eventTime: "", id: "d" },
  { severity: "high", eventTime: "2026-05-05T10:00:00Z", id: "e" },
] as ReplayFinding[];

describe("sorted lines", () => {
  const sorted = (sorting: Sorting) => {
    const out: string[] = [];
    const lines = createSortedLines(sorting, (line) => out.push(line));
    for (const finding of findings) lines.add(finding, finding.id);
    const early = out.length;
    lines.end();
    lines.end();
    return { early, order: out.join("") };
  };

  it("are passed on at once if they are not sorted", () => {
    expect(sorted("none")).to.deep.equal({ early: 5, order: "abcde" });
  });

  it("come most severe first, then newest, and those without a time last", () => {
    expect(sorted("severity")).to.deep.equal({ early: 0, order: "ecbda" });
  });

  it("come oldest first, and those without a time last", () => {
    expect(sorted("time")).to.deep.equal({ early: 0, order: "caebd" });
  });
});
