import { expect } from "chai";
import { keptOf } from "../../../cli/findings/kept";
import { createPathCount, linesOfPaths } from "../../../cli/report/paths";

describe("how findings came", () => {
  const eventTime = "2026-05-04T10:00:00Z";
  const at = (seconds: number) => new Date(Date.parse(eventTime) + seconds * 1000).toISOString();
  const item = (id: string, seen: Record<string, unknown>) => ({
    id: { S: id },
    about: { S: JSON.stringify({ eventTime, seen }) },
  });
  const reported = async (items: ReturnType<typeof item>[]) => {
    const count = createPathCount();
    const passed: string[] = [];
    for await (const { id } of count.through(
      (async function* () {
        for (const one of items) yield keptOf(one);
      })(),
    ))
      passed.push(id);
    expect(passed).to.deep.equal(items.map(({ id }) => id.S));
    return count.report();
  };
  const items = [
    item("1#a", { event: { at: at(1) }, logFile: { at: at(300) } }),
    item("2#a", { event: { at: at(2), lacks: ["requestParameters"] }, logFile: { at: at(400) } }),
    item("3#a", { event: { at: at(3) } }),
    item("4#a", { logFile: { at: at(500) } }),
    item("5#a", {}),
    item("6#a", { event: "hostile", logFile: [] }),
  ];

  it("counts both paths, their median delays, and what was missing", async () => {
    expect(await reported(items)).to.deep.equal({
      both: 2,
      eventOnly: 1,
      logFileOnly: 1,
      seconds: { event: 2, logFile: 400 },
      lacked: { "event requestParameters": 1 },
    });
  });

  it("says so in lines, unless no event ever came", async () => {
    expect(linesOfPaths(await reported(items))).to.deep.equal([
      "",
      "How they came (docs/fast.md)",
      "     3 × within seconds, as events of EventBridge, median 2 s after the call",
      "     3 × in log files, median 400 s after the call",
      "     2 × both ways, 1 as events alone, 1 in log files alone",
      "     1 × without requestParameters in the event",
    ]);
    expect(linesOfPaths(await reported(items.slice(3)))).to.deep.equal([]);
  });
});
