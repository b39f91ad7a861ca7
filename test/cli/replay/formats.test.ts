import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Io } from "../../../cli/verb";
import { main } from "../../../cli/main";
import { aRecord } from "../../support/factories";
import { problemsOfCall } from "../../support/service-model";
import { called } from "../called";

/** Two findings of `iam-admin-policy-attached-user` (critical) around one of `iam-user-created` (low). */
const records = [
  aRecord({ eventID: "e-1", eventTime: "2026-05-04T10:00:00Z" }),
  aRecord({
    eventID: "e-2",
    eventTime: "2026-05-05T10:00:00Z",
    eventName: "CreateUser",
    requestParameters: { userName: "=cmd|' /C calc'!A0" },
    userIdentity: {
      type: "AssumedRole",
      arn: "arn:aws:sts::111122223333:assumed-role/deploy/run-1",
      sessionContext: {
        sessionIssuer: { type: "Role", arn: "arn:aws:iam::111122223333:role/deploy", userName: "deploy" },
      },
    },
  }),
  aRecord({ eventID: "e-3", eventTime: "2026-05-06T10:00:00Z" }),
];

describe("the output of replay", () => {
  let folder: string;
  let path: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "cloudtrailer-formats-"));
    path = join(folder, "log.json");
    writeFileSync(path, JSON.stringify({ Records: records }));
  });
  after(() => rmSync(folder, { recursive: true }));

  const replay = (...args: string[]) => called(["replay", path, ...args]);
  const eventsOf = async (...args: string[]) => {
    const { out, err, code } = await replay("--format", "jsonl", ...args);
    expect({ err, code }).to.deep.equal({ err: [], code: 0 });
    return out.map((line) => (JSON.parse(line) as { eventID: string }).eventID);
  };

  it("is a table sorted by severity, then newest first", async () => {
    const { out } = await replay();
    expect(out.slice(1, -1).map((line) => line.split(/\s+/).slice(0, 2))).to.deep.equal([
      ["2026-05-06T10:00:00Z", "critical"],
      ["2026-05-04T10:00:00Z", "critical"],
      ["2026-05-05T10:00:00Z", "low"],
    ]);
    expect(out.at(-1)).to.equal("3 findings in 3 records of 1 file");
  });

  it("is sorted as asked, and for programs in the order of the records", async () => {
    expect(await eventsOf()).to.deep.equal(["e-1", "e-2", "e-3"]);
    expect(await eventsOf("--sort", "severity")).to.deep.equal(["e-3", "e-1", "e-2"]);
    expect(await eventsOf("--sort", "time")).to.deep.equal(["e-1", "e-2", "e-3"]);
  });

  it("is narrowed by time, severity, actor and detection", async () => {
    expect(await eventsOf("--since", "2026-05-05")).to.deep.equal(["e-2", "e-3"]);
    expect(await eventsOf("--since", "2026-05-05", "--until", "2026-05-06")).to.deep.equal(["e-2"]);
    expect(await eventsOf("--severity", "high")).to.deep.equal(["e-1", "e-3"]);
    expect(await eventsOf("--detection", "iam-user-created")).to.deep.equal(["e-2"]);
    expect(await eventsOf("--actor", "mallory")).to.deep.equal(["e-1", "e-3"]);
    for (const actor of ["deploy/*", "arn:aws:iam::*:role/deploy", "arn:aws:sts::*"])
      expect(await eventsOf("--actor", actor), actor).to.deep.equal(["e-2"]);
    expect(await eventsOf("--account", "444455556666")).to.deep.equal([]);
  });

  it("keeps a finding whose time is unknown", async () => {
    const odd = join(folder, "odd.json");
    writeFileSync(odd, JSON.stringify(aRecord({ eventTime: "yesterday" })));
    const { out } = await called(["replay", odd, "--format", "jsonl", "--since", "2026-05-05"]);
    expect(out).to.have.length(1);
  });

  it("is CSV without formulas", async () => {
    const { out } = await replay("--format", "csv");
    expect(out[0]).to.equal(
      "id,eventTime,severity,detection,title,actor,account,region,event,resources,novelty,exception,source",
    );
    expect(out).to.have.length(4);
    expect(out[2]).to.include(",'=cmd|' /C calc'!A0,");
    const { out: none } = await replay("--format", "csv", "--detection", "root-activity");
    expect(none).to.have.length(1);
  });

  it("is OCSF", async () => {
    const { out } = await replay("--format", "ocsf");
    const [first] = out.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(out).to.have.length(3);
    expect(first).to.deep.include({ class_uid: 2004, severity_id: 5, status: "New" });
    expect(first?.time).to.equal(Date.parse("2026-05-04T10:00:00Z"));
  });

  it("is what Security Hub imports", async () => {
    const { out } = await replay("--format", "asff");
    const Findings = out.map((line) => JSON.parse(line) as object);
    const call = { service: "securityhub", operation: "BatchImportFindings", region: "us-west-2" };
    expect(problemsOfCall({ ...call, input: { Findings } })).to.deep.equal([]);
    expect(Findings).to.have.length(3);
  });

  it("is a summary for a spreadsheet", async () => {
    const { out } = await replay("--summary", "--format", "csv");
    expect(out).to.deep.equal([
      "detection,severity,actor,findings,perThousandRecords",
      "iam-admin-policy-attached-user,critical,mallory,2,666.667",
      "iam-user-created,low,deploy,1,333.333",
    ]);
  });

  it("is a page", async () => {
    const { out, err, code } = await replay("--format", "html");
    expect({ err, code }).to.deep.equal({ err: [], code: 0 });
    const html = out.join("\n");
    expect(html).to.match(/^<!DOCTYPE html>/i);
    expect(html).to.include("Replayed 3 records of 1 file; nothing was changed");
    expect(html).to.include("role/deploy");
    const output = join(folder, "page.html");
    const written = await replay("--format", "html", "--output", output);
    expect(written).to.deep.equal({ code: 0, out: [], err: [`wrote ${output}`] });
  });

  it("says what is wrong with an option", async () => {
    for (const [args, message] of [
      [["--format", "xml"], /expected --format table, jsonl, csv, ocsf, asff, html, found "xml"/],
      [["--open"], /expected --open with --format html/],
      [["--sort", "size"], /expected --sort severity, time, none, found "size"/],
      [["--since", "soon"], /expected --since like 7d/],
      [["--since", "1d", "--until", "2d"], /expected --until after --since/],
      [["--severity", "hihg"], /did you mean high\?/],
      [["--summary", "--format", "ocsf"], /expected --summary with --format table, jsonl or csv/],
    ] as const) {
      const { code, err } = await replay(...args);
      expect(code).to.equal(2);
      expect(err.join()).to.match(message);
    }
  });

  it("says how far it is in a single large file, compressed or not", async () => {
    const padding = "x".repeat(2_000_000);
    const large = join(folder, "large.json");
    writeFileSync(large, JSON.stringify({ Records: [{ ...aRecord(), padding }] }));
    const shown: string[] = [];
    const io: Io = { out: () => {}, err: () => {}, progress: (text) => shown.push(text) };
    expect(await main(["replay", large], io)).to.equal(0);
    const parts = shown.map((text) => /^0 of 1 file, 0 findings; (\d+)% of .*large\.json$/.exec(text)?.[1]);
    const percents = parts.filter((part) => part !== undefined).map(Number);
    expect(percents.length).to.be.greaterThan(3);
    expect(percents.at(-1)).to.equal(100);
    expect(percents.some((percent) => percent > 0 && percent < 100)).to.equal(true);
  });
});
