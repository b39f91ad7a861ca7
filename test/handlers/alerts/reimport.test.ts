import { expect } from "chai";
import { createReimport, withReimport } from "../../../handlers/alerts/reimport";
import { createSecurityHubPublisher } from "../../../handlers/alerts/security-hub";
import { createLog } from "../../../handlers/log";
import type { Attributes } from "../../../handlers/aws/table";
import type { PersonRequest } from "../../../handlers/findings/person-request";
import { aFinding, aMinuteLater, awsError, fakeAws, someSettings } from "../../support/factories";

const settings = someSettings({ securityHub: true });
const finding = aFinding();
const by = "arn:aws:iam::111122223333:user/alice";
const why = "a drill";

/** The item of a finding, as the store keeps it. */
const itemWith = (more: Attributes, said: object = {}): Attributes => ({
  id: { S: finding.id },
  about: { S: JSON.stringify({ severity: finding.severity, ...said }) },
  basis: { S: JSON.stringify({ record: finding.record, match: finding.match, source: finding.source }) },
  claimedAt: { S: "2026-05-04T10:00:00.000Z" },
  ...more,
});

function prepare(item: Attributes | (() => Promise<Attributes>), own = settings) {
  const lines: string[] = [];
  const { aws, calls } = fakeAws({ "securityhub:BatchImportFindings": { FailedFindings: [] } });
  const reimport = createReimport({
    settings: own,
    table: { get: typeof item === "function" ? item : async () => item },
    catalogue: [finding.detection],
    securityHub: createSecurityHubPublisher(aws, own),
    log: createLog((line) => void lines.push(line)),
    now: () => aMinuteLater,
  });
  const imported = () =>
    calls.map(({ input }) => (input.Findings as Record<string, unknown>[])[0] as Record<string, unknown>);
  return { reimport, imported, lines };
}

describe("importing a finding into Security Hub again", () => {
  const fixed = { outcome: { S: "fixed" } };
  const rolledBack = {
    ...fixed,
    rolledBackAt: { S: "2026-05-04T11:00:00.000Z" },
    rolledBackBy: { S: by },
    rolledBackWhy: { S: why },
  };
  const byHand = { fixedByHand: { by, why, at: "2026-05-04T11:00:00.000Z" } };
  const cases: [string, Attributes, object, string, RegExp][] = [
    ["a fix", fixed, {}, "ARCHIVED", /Outcome: fixed/],
    ["a fix that was rolled back", rolledBack, {}, "ACTIVE", /rolled back by arn:\S+alice: a drill/],
    ["a fix by hand", { outcome: { S: "planned" } }, byHand, "ARCHIVED", /fixed by arn:\S+alice: a drill/],
    ["a no", { outcome: { S: "rejected" }, reason: { S: "denied" } }, {}, "ACTIVE", /rejected \(denied\)/],
  ];
  for (const [of, more, said, state, description] of cases)
    it(`says what became of ${of}`, async () => {
      const { reimport, imported } = prepare(itemWith(more, said));
      await reimport(finding.id);
      const [one] = imported();
      expect(one).to.deep.include({
        Id: finding.id,
        RecordState: state,
        CreatedAt: "2026-05-04T10:00:00.000Z",
        UpdatedAt: new Date(aMinuteLater).toISOString(),
      });
      expect(one?.Description).to.match(description);
    });

  it("is in the log if it does not succeed, and stops nobody", async () => {
    const { reimport, lines } = prepare({});
    await reimport(finding.id);
    expect(lines.join("")).to.match(/"not imported".*too little is kept of it/);
  });

  it("is in the log if the table does not answer: what a person asked for is done", async () => {
    const { reimport, imported, lines } = prepare(async () => {
      throw awsError("InternalServerError", "try again");
    });
    await reimport(finding.id);
    expect(imported()).to.deep.equal([]);
    expect(lines.join("")).to.match(/"not imported".*try again/);
  });

  it("is not asked for", async () => {
    const { reimport, imported, lines } = prepare({}, someSettings());
    await reimport(finding.id);
    expect([imported(), lines]).to.deep.equal([[], []]);
  });

  it("follows what people do, once it is done", async () => {
    const order: string[] = [];
    const decide = withReimport(
      async () => ({ carryOut: async () => void order.push("done") }),
      async (id) => void order.push(id),
    );
    for (const verb of ["deny", "verdict"] as const) {
      const granted = await decide({ verb, finding: "a#b" } as PersonRequest, by, {} as never);
      if ("carryOut" in granted) await granted.carryOut();
    }
    expect(order).to.deep.equal(["done", "a#b", "done"]);
  });
});
