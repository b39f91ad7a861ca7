import { expect } from "chai";
import type { Attributes } from "../../../handlers/aws/table";
import { createPeriodCount } from "../../../handlers/findings/period-count";

describe("the count of a period's findings", () => {
  const all = { below: "high", detections: [], accounts: [] } as const;
  const counterOf = (own: object = {}) => createPeriodCount({ ...all, detections: [], accounts: [], ...own });
  const item = (about: object, own: Attributes = {}, id = "1#iam-user-created"): Attributes => ({
    id: { S: id },
    about: { S: JSON.stringify({ severity: "low", detection: "iam-user-created", account: "1", ...about }) },
    ...own,
  });

  it("is by severity, outcome, detection and account, the most frequent first", () => {
    const counter = counterOf();
    counter.add(item({}));
    counter.add(item({ account: "2", severity: "medium" }, { outcome: { S: "planned" } }));
    counter.add(item({ account: "2", detection: "s3-bulk-delete" }, { outcome: { S: "planned" } }));
    const { findings, by } = counter.result();
    expect(findings).to.equal(3);
    expect(by).to.deep.equal({
      severity: { low: 2, medium: 1 },
      outcome: { planned: 2, unfinished: 1 },
      detection: { "iam-user-created": 2, "s3-bulk-delete": 1 },
      account: { "2": 2, "1": 1 },
    });
  });

  it("goes by the severity that the alert had", () => {
    const counter = counterOf();
    counter.add(item({ severity: "critical" }, { severity: { S: "info" } }));
    counter.add(item({ severity: "low" }, { severity: { S: "critical" } }));
    counter.add(item({ severity: "grave" }));
    expect(counter.result().by.severity).to.deep.equal({ info: 1 });
  });

  it("has the gravest as examples, of these the newest, with short texts", () => {
    const counter = counterOf();
    for (let each = 0; each < 8; each++) counter.add(item({ title: `low ${each}` }));
    counter.add(
      item({
        severity: "medium",
        title: "t".repeat(5_000),
        resources: Array(9).fill({ id: "r".repeat(5_000) }),
      }),
    );
    const { examples } = counter.result();
    expect(examples.map(({ title }) => title.slice(0, 5))).to.deep.equal([
      "ttttt",
      "low 0",
      "low 1",
      "low 2",
      "low 3",
    ]);
    expect(JSON.stringify(examples).length).to.be.below(2_500);
  });

  it("stays small, whatever the records bring", () => {
    const counter = counterOf();
    for (let each = 0; each < 20_000; each++) counter.add(item({ account: `account ${each}` }));
    const { findings, by } = counter.result();
    expect(findings).to.equal(20_000);
    expect(Object.keys(by.account)).to.have.length(51);
    expect(Object.values(by.account).reduce((sum, count) => sum + count, 0)).to.equal(20_000);
    expect(counter.isFull()).to.equal(false);
  });

  it("is full after so many that reading on would take too long", () => {
    const counter = counterOf({ below: "low" });
    const one = item({});
    for (let each = 0; each < 200_000; each++) counter.add(one);
    expect(counter.isFull()).to.equal(true);
  });

  it("counts an item that cannot be read, which is nothing to be silent about, by its key", () => {
    const counter = counterOf({ below: "critical" });
    counter.add({ id: { S: "1#own-rule" }, severity: { S: "low" }, about: { S: "{" } });
    expect(counter.result().by.detection).to.deep.equal({ "own-rule": 1 });
  });
});
