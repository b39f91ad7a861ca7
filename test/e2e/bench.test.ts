import { expect } from "chai";
import { measureAlerts } from "../../bench/alerts";
import { measurePaths } from "../../bench/paths";
import { emulator } from "./support";

describe("the bench, on embedded AWS", () => {
  it("measures from notification to alert", async () => {
    const { milliseconds, coldMilliseconds } = await measureAlerts(() => {}, 3, await emulator());
    expect(milliseconds.length).equal(2);
    for (const one of [coldMilliseconds, ...milliseconds]) expect(one).greaterThan(0);
  });

  it("measures from call to fix and alert, by both paths", async () => {
    const running = await emulator();
    const { event, logFile } = await measurePaths(() => {}, {
      times: 2,
      deliverEveryMs: 500,
      emulator: running,
    });
    for (const times of [event, logFile]) {
      expect(times.length).equal(2);
      for (const { fix, alert } of times)
        expect(fix)
          .greaterThan(0)
          .and.lessThan(alert + 1);
    }
  });
});
