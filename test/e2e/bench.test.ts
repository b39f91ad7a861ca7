import { expect } from "chai";
import { measureAlerts } from "../../bench/alerts";
import { emulator } from "./support";

describe("the bench, on embedded AWS", () => {
  it("measures from notification to alert", async () => {
    const { milliseconds, coldMilliseconds } = await measureAlerts(() => {}, 3, await emulator());
    expect(milliseconds.length).equal(2);
    for (const one of [coldMilliseconds, ...milliseconds]) expect(one).greaterThan(0);
  });
});
