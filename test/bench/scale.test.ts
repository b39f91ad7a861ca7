import { expect } from "chai";
import type { HistoryWay } from "../../bench/history";
import { account, memoryWayOf, paperOf, paperTable, papers, quotas } from "../../bench/scale";
import { estimateOf } from "../../cli/hunt/estimate";
import { batchLimitsOf } from "../../cli/hunt/plan";

describe("what a year takes, on paper", () => {
  const way: HistoryWay = {
    name: "ordinary files",
    files: 200,
    records: 40_000,
    bytes: 5_000_000,
    recordsPerSecond: 40_000,
    bytesPerSecond: 5_000_000,
    millisecondsPerFile: 5,
    timesGunzip: 7,
    dollarsPerMillion: 0.0007,
  };

  it("is what hunt says of as many files, before it starts", () => {
    const { files, bytes, batches, estimate, times } = paperOf(1_000);
    expect(files).to.equal(1_000 * account.regions * account.filesPerDay * 365);
    expect(batches).to.equal(Math.ceil(files / batchLimitsOf(files, 50).files));
    const amount = { files, bytes, batches, listings: Math.ceil(files / 1_000) };
    expect(estimate).to.deep.equal(estimateOf({ ...amount, concurrency: 50 }));
    for (const { concurrency, seconds } of times)
      expect(seconds).to.equal(estimateOf({ ...amount, concurrency }).seconds);
  });

  it("grows with the accounts, and has a cell for each", () => {
    const [small, large] = [paperOf(10), paperOf(1_000)];
    expect(large.estimate.dollars / small.estimate.dollars).to.be.closeTo(100, 0.1);
    const { head, rows } = paperTable();
    for (const row of [head, ...rows]) expect(row).to.have.length(1 + papers().length);
    expect(rows.flat().join(" ")).not.to.match(/NaN|undefined|Infinity/);
  });

  it("names the quotas with figures that follow from the same rates", () => {
    const s3 = quotas().find(({ name }) => name.startsWith("S3"));
    const { estimate, files } = paperOf(1_000);
    const [, batches = ""] = /(\d+) at a time reach it/.exec(s3?.means ?? "") ?? [];
    expect(Number(batches) / (estimate.functionSeconds / files)).to.be.within(5_200, 5_500);
    expect(JSON.stringify(quotas())).not.to.match(/NaN|undefined|Infinity/);
  });

  it("has less speed with less memory for the same money, and what was measured with as many cores", () => {
    const one = memoryWayOf(1_769, way, 1);
    expect(one).to.deep.include({ cores: 1, isMeasured: true, recordsPerSecond: 40_000, timesGunzip: 7 });
    const half = memoryWayOf(884.5, way, 1);
    expect(half).to.deep.include({ cores: 0.5, isMeasured: false, recordsPerSecond: 20_000 });
    expect(half.recordsPerDollar).to.be.closeTo(one.recordsPerDollar, 1);
    expect(half).not.to.have.property("timesGunzip");
    // 40,000 records for a second of 1.73 GB.
    expect(one.recordsPerDollar).to.be.closeTo(40_000 / ((1_769 / 1_024) * 0.0000166667), 1);
    const two = memoryWayOf(3_538, { ...way, recordsPerSecond: 70_000 }, 2);
    expect(two).to.deep.include({ cores: 2, isMeasured: true, recordsPerSecond: 70_000 });
  });
});
