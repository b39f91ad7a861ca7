import { expect } from "chai";
import { eventually } from "../../local/eventually";

describe("eventually", () => {
  it("asks until there is an answer", async () => {
    let asked = 0;
    expect(await eventually("a third call", async () => (++asked < 3 ? undefined : "there"))).to.equal(
      "there",
    );
    expect(asked).to.equal(3);
  });

  it("gives up when there was no progress for as long as it is patient", async () => {
    const failed = await eventually("the impossible", async () => undefined, { patience: 0 }).catch(String);
    expect(failed).to.equal("Error: expected the impossible; no progress for 0 s");
  });

  it("is patient as long as there is progress, however long that is", async () => {
    let entries = 0;
    const ask = async () => (++entries < 4 ? undefined : entries);
    expect(await eventually("four entries", ask, { moved: () => entries, patience: 0 })).to.equal(4);
  });
});
