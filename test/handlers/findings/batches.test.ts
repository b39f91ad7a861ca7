import { expect } from "chai";
import { createBatches } from "../../../handlers/findings/batches";

describe("batches", () => {
  /** Batches of what is in `waiting`, of which three are too many. */
  function prepare() {
    const waiting: number[] = [];
    const done: number[][] = [];
    let atWork = 0;
    let maxAtWork = 0;
    const batches = createBatches(
      () => waiting.length > 2,
      async () => {
        const taken = waiting.splice(0);
        maxAtWork = Math.max(maxAtWork, ++atWork);
        await new Promise(setImmediate);
        atWork--;
        done.push(taken);
      },
    );
    return { batches, waiting, done, maxAtWork: () => maxAtWork };
  }

  it("let everything wait until the end if there is room", async () => {
    const { batches, waiting, done } = prepare();
    waiting.push(1);
    expect(batches.wait()).to.equal(undefined);
    waiting.push(2);
    expect(batches.wait()).to.equal(undefined);
    await batches.end();
    expect(done).to.deep.equal([[1, 2]]);
  });

  it("are processed one at a time and in order, whoever fills them, and nobody continues before there is room", async () => {
    const { batches, waiting, done, maxAtWork } = prepare();
    let most = 0;
    await Promise.all(
      [0, 1, 2, 3].map(async (reader) => {
        for (let at = 0; at < 25; at++) {
          waiting.push(reader * 100 + at);
          most = Math.max(most, waiting.length);
          await batches.wait();
        }
      }),
    );
    await batches.end();
    expect(maxAtWork()).to.equal(1);
    // Each of four readers may have added one before it was asked to wait.
    expect(most).to.be.at.most(2 + 4);
    for (const reader of [0, 1, 2, 3])
      expect(done.flat().filter((one) => Math.floor(one / 100) === reader)).to.deep.equal(
        Array.from({ length: 25 }, (_, at) => reader * 100 + at),
      );
  });

  it("end with the last one, even if nothing waits", async () => {
    const { batches, done } = prepare();
    await batches.end();
    expect(done).to.deep.equal([[]]);
  });
});
