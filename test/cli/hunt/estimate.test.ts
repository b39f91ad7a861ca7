import { expect } from "chai";
import { bytesText, dollarsText, durationText, estimateOf } from "../../../cli/hunt/estimate";

describe("the estimate of a hunt", () => {
  const amount = { files: 1_000_000, bytes: 100e9, batches: 2_000, listings: 110, concurrency: 50 };

  it("counts one transition for each batch, and one for all of them", () => {
    expect(estimateOf(amount).transitions).to.equal(2_001);
  });

  it("takes less time with more at once, for the same money", () => {
    const [few, many] = [estimateOf({ ...amount, concurrency: 10 }), estimateOf(amount)];
    expect(few.seconds).to.be.greaterThan(4 * many.seconds);
    expect(few.dollars).to.equal(many.dollars);
    expect(estimateOf({ ...amount, concurrency: 10_000 }).seconds).to.equal(
      estimateOf({ ...amount, concurrency: 2_000 }).seconds,
    );
  });

  it("costs what its requests, its seconds and its transitions cost", () => {
    const { functionSeconds, transitions, dollars } = estimateOf(amount);
    const lambda = functionSeconds * (1769 / 1024) * 0.0000166667 + 2_000 * 0.0000002;
    const s3 = 1_000_000 * 0.0000004 + (2_000 + 110) * 0.000005;
    expect(dollars).to.be.closeTo(lambda + s3 + transitions * 0.000025, 1e-9);
    expect(estimateOf(amount).costs.lambda).to.be.closeTo(lambda, 1e-9);
    expect(estimateOf(amount).costs.requests).to.be.closeTo(s3, 1e-9);
  });

  it("is told in words of people", () => {
    expect([0.2, 89, 90, 5_399, 5_400, 360_000].map(durationText)).to.deep.equal([
      "1 s",
      "89 s",
      "2 min",
      "90 min",
      "1.5 h",
      "100.0 h",
    ]);
    expect([0, 0.0099, 0.01, 1234.5].map(dollarsText)).to.deep.equal([
      "less than 0.01 USD",
      "less than 0.01 USD",
      "0.01 USD",
      "1,234.50 USD",
    ]);
    expect([0, 999, 1_000, 1_234_567, 2.5e15].map(bytesText)).to.deep.equal([
      "0 bytes",
      "999 bytes",
      "1.0 kB",
      "1.2 MB",
      "2500.0 TB",
    ]);
  });
});
