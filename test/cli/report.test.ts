import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { linesOf, pageFor, reportOf } from "../../cli/report";
import { keptOf } from "../../cli/findings/kept";
import { called } from "./called";

describe("cloudtrailer report", () => {
  const item = (id: string, own: Record<string, string> = {}) => ({
    id: { S: id },
    ...Object.fromEntries(Object.entries(own).map(([name, S]) => [name, { S }])),
  });
  const Items = [
    item("1#iam-a", { outcome: "fixed", summary: "Detach it" }),
    item("2#iam-a", {
      outcome: "fixed",
      summary: "Detach it",
      rolledBackAt: "2026-05-04T10:00:00Z",
      rolledBackWhy: "planned",
    }),
    item("3#iam-a", { outcome: "refused", summary: "Detach it", reason: "the call failed" }),
    item("4#ec2-b", { outcome: "planned", summary: "Detach it" }),
    item("5#ec2-b"),
  ];
  const reported = (items = Items) =>
    reportOf(
      (async function* () {
        for (const one of items) yield keptOf(one);
      })(),
    );

  it("summarizes by detection", async () => {
    expect(await reported()).to.deep.equal([
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

  it("shows a table with the outcomes, and why", async () => {
    expect(linesOf(await reported(), "7d")).to.deep.equal([
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

  it("passes no terminal escapes from a record", async () => {
    const lines = linesOf(
      await reported([item("1#a", { outcome: "refused", reason: "\u001b[2Jgone" })]),
      "7d",
    );
    expect(lines.join("\n")).not.to.include("\u001b");
  });

  it("fits the terminal", async () => {
    const long = `the key of ${"a".repeat(100)} is in use`;
    const lines = linesOf(
      await reported([...Items, item("6#iam-c", { outcome: "failed", reason: long })]),
      "7d",
      {
        width: 72,
      },
    );
    for (const line of lines) expect(line.length, line).to.be.at.most(72);
    expect(lines.join("\n")).to.include("…");
  });

  it("counts as many texts as there are findings, without searching for any twice", async () => {
    const many = Array.from({ length: 20_000 }, (_, at) =>
      item(`${at}#iam-a`, { outcome: "refused", reason: `because of ${at}` }),
    );
    expect((await reported(many))[0]?.reasons).to.have.length(20_000);
  });

  it("says that there is nothing", () => {
    expect(linesOf([], "12h")).to.deep.equal(["no findings in the last 12h"]);
    expect(linesOf([], "2026-05-04")).to.deep.equal(["no findings since 2026-05-04"]);
  });

  it("is a page, with the exceptions of a configuration", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cloudtrailer-report-"));
    const config = join(folder, "Pulumi.red.yaml");
    const exception = "{ detection: root-activity, reason: drill, owner: ops, until: 2026-06-01 }";
    writeFileSync(config, `config: { "cloudtrailer:exceptions": [${exception}] }\n`);
    const findings = (async function* () {
      for (const one of Items) yield keptOf(one);
    })();
    const now = Date.parse("2026-05-20T10:00:00Z");
    const html = await pageFor(findings, { title: "Findings in findings-red", scope: "all", now, config });
    rmSync(folder, { recursive: true });
    expect(html).to.match(/^<!DOCTYPE html>/i);
    for (const text of ["Findings in findings-red", "iam-a", "Detach it", "drill", "2026-06-01"])
      expect(html).to.include(text);
  });

  it("expects options of a page with a page only", async () => {
    for (const args of [["--open"], ["--config", "Pulumi.red.yaml"], ["--format", "pdf"]]) {
      const { code, err } = await called(["report", "--table", "t", ...args]);
      expect(code, args.join(" ")).to.equal(2);
      expect(err.join()).to.match(/expected --/);
    }
  });
});
