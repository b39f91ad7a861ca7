import { expect } from "chai";
import { linesOf, momentOf, reportOf } from "../../cli/report";
import { fakeAws } from "../support/factories";

describe("cloudtrailer report", () => {
  const item = (id: string, own: Record<string, string> = {}) => ({
    id: { S: id },
    ...Object.fromEntries(Object.entries(own).map(([name, S]) => [name, { S }])),
  });
  const plan = JSON.stringify({ summary: "Detach it", calls: [], rollback: [] });
  const Items = [
    item("1#iam-a", { outcome: "fixed", plan }),
    item("2#iam-a", {
      outcome: "fixed",
      plan,
      rolledBackAt: "2026-05-04T10:00:00Z",
      rolledBackWhy: "planned",
    }),
    item("3#iam-a", { outcome: "refused", plan, reason: "the call failed" }),
    item("4#ec2-b", { outcome: "planned", plan }),
    item("5#ec2-b"),
  ];
  const since = Date.parse("2026-05-01T00:00:00Z");

  /** The report of a table that comes in pages of two items. */
  const reported = async () => {
    const { aws, calls } = fakeAws({
      "dynamodb:Scan": ({ ExclusiveStartKey }) => {
        const from = Number((ExclusiveStartKey as { id?: { S: string } } | undefined)?.id?.S ?? 0);
        const more = from + 2 < Items.length ? { LastEvaluatedKey: { id: { S: String(from + 2) } } } : {};
        return { Items: Items.slice(from, from + 2), ...more };
      },
    });
    return { reports: await reportOf({ table: "t", region: "us-west-2", aws }, since), calls };
  };

  it("sums up by detection over all pages", async () => {
    const { reports, calls } = await reported();
    expect(calls).to.have.length(3);
    expect(calls[0]?.input.ExpressionAttributeValues).to.deep.equal({
      ":since": { S: "2026-05-01T00:00:00.000Z" },
    });
    expect(reports).to.deep.equal([
      {
        detection: "iam-a",
        findings: 3,
        outcomes: { fixed: 2, refused: 1 },
        rolledBack: 1,
        fixes: [{ outcome: "fixed", text: "Detach it", count: 2 }],
        reasons: [{ outcome: "refused", text: "the call failed", count: 1 }],
        rolledBackBecause: [{ outcome: "fixed", text: "planned", count: 1 }],
      },
      {
        detection: "ec2-b",
        findings: 2,
        outcomes: { planned: 1, unfinished: 1 },
        rolledBack: 0,
        fixes: [{ outcome: "planned", text: "Detach it", count: 1 }],
        reasons: [],
        rolledBackBecause: [],
      },
    ]);
  });

  it("shows a table with the outcomes that there were, and why", async () => {
    expect(linesOf((await reported()).reports, "7d")).to.deep.equal([
      "DETECTION  FIXED  WOULD FIX  REFUSED  UNFINISHED  ROLLED BACK",
      "iam-a          2                   1                        1",
      "ec2-b                     1                    1",
      "",
      "iam-a",
      "     2 × fixed: Detach it",
      "     1 × refused: the call failed",
      "     1 × rolled back: planned",
      "",
      "ec2-b",
      "     1 × would fix: Detach it",
    ]);
  });

  it("lets no text of a record steer the terminal", async () => {
    const { aws } = fakeAws({
      "dynamodb:Scan": { Items: [item("1#a", { outcome: "refused", reason: "\u001b[2Jgone" })] },
    });
    const lines = linesOf(await reportOf({ table: "t", region: "us-west-2", aws }, since), "7d");
    expect(lines.join("\n")).not.to.include("\u001b");
  });

  it("fits the terminal", async () => {
    const long = `the key of ${"a".repeat(100)} is in use`;
    const { aws } = fakeAws({
      "dynamodb:Scan": { Items: [...Items, item("6#iam-c", { outcome: "failed", reason: long })] },
    });
    const lines = linesOf(await reportOf({ table: "t", region: "us-west-2", aws }, since), "7d", {
      width: 72,
    });
    for (const line of lines) expect(line.length, line).to.be.at.most(72);
    expect(lines.join("\n")).to.include("…");
  });

  it("says that there is nothing", () => {
    expect(linesOf([], "12h")).to.deep.equal(["no findings in the last 12h"]);
    expect(linesOf([], "2026-05-04")).to.deep.equal(["no findings since 2026-05-04"]);
  });

  it("takes days, hours, minutes, or a time", () => {
    const now = Date.parse("2026-05-08T00:00:00Z");
    const momentsOf = (...all: string[]) => all.map((one) => new Date(momentOf(one, now)).toISOString());
    expect(momentsOf("7d", "12h", "30m", "2026-05-04", "2026-05-04T10:00:00Z")).to.deep.equal([
      "2026-05-01T00:00:00.000Z",
      "2026-05-07T12:00:00.000Z",
      "2026-05-07T23:30:00.000Z",
      "2026-05-04T00:00:00.000Z",
      "2026-05-04T10:00:00.000Z",
    ]);
    for (const wrong of ["7", "d", "-1d", "1w", "99999d", "2026-13-01", "May 4", ""])
      expect(() => momentOf(wrong, now), wrong).to.throw("--since");
  });
});
