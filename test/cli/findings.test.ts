import { expect } from "chai";
import { options, run, showList } from "../../cli/findings";
import { filterOf } from "../../cli/findings/filter";
import { csvRow } from "../../cli/findings/csv";
import { findingsBetween, keptOf, type KeptFinding } from "../../cli/findings/kept";
import { linesOfWhole, wholeOf } from "../../cli/findings/whole";
import type { Identity } from "../../handlers/findings/identity";
import { createFindingsStore, findingsByDay, type Progress } from "../../handlers/findings/store";
import type { Item } from "../../cli/stack-access";
import type { Attributes } from "../../handlers/aws/table";
import { aFinding, fakeAws } from "../support/factories";
import { aTable } from "../support/memory-dynamodb";

const texts = (attributes: Record<string, string>): Attributes =>
  Object.fromEntries(Object.entries(attributes).map(([name, S]) => [name, { S }]));

const kept = (own: Partial<KeptFinding> = {}): KeptFinding => ({
  ...keptOf(texts({ id: "0a1b2c3d-0000-4000-8000-000000000001#iam-inline-admin-policy" })),
  severity: "high",
  outcome: "fixed",
  actor: "arn:aws:iam::111122223333:user/mallory",
  account: "111122223333",
  region: "us-east-1",
  eventTime: "2026-05-04T10:00:00Z",
  claimedAt: "2026-05-04T10:00:08.000Z",
  decidedAt: "2026-05-04T10:00:09.000Z",
  ...own,
});

async function* each<T>(all: T[]) {
  yield* all;
}

/** What a verb writes. */
function written(width?: number) {
  const out: string[] = [];
  const err: string[] = [];
  return {
    out,
    err,
    io: {
      out: (line: string) => void out.push(line),
      err: (line: string) => void err.push(line),
      ...(width === undefined ? {} : { width }),
    },
  };
}

describe("cloudtrailer findings", () => {
  it("queries the index day by day, newest first, over all pages, and never scans", async () => {
    const { aws, calls } = fakeAws({
      "dynamodb:Query": ({ ExpressionAttributeValues, ExclusiveStartKey }) => {
        const day = (ExpressionAttributeValues as Attributes)[":day"]?.S ?? "";
        const id = `${day}${ExclusiveStartKey === undefined ? "" : "-second"}#iam-a`;
        const more = ExclusiveStartKey === undefined ? { LastEvaluatedKey: { id: { S: id } } } : {};
        return { Items: [texts({ id })], ...more };
      },
    });
    const found: string[] = [];
    const from = Date.parse("2026-05-02T12:00:00Z");
    const until = Date.parse("2026-05-04T01:00:00Z");
    for await (const { id } of findingsBetween({ table: "t", region: "us-west-2", aws }, from, until))
      found.push(id);
    expect(found).to.deep.equal([
      "2026-05-04#iam-a",
      "2026-05-04-second#iam-a",
      "2026-05-03#iam-a",
      "2026-05-03-second#iam-a",
      "2026-05-02#iam-a",
      "2026-05-02-second#iam-a",
    ]);
    for (const { input } of calls)
      expect(input).to.deep.include({ IndexName: findingsByDay.name, ScanIndexForward: false });
    expect(calls[0]?.input.ExpressionAttributeValues).to.deep.include({
      ":from": { S: "2026-05-02T12:00:00.000Z" },
      ":until": { S: "2026-05-04T01:00:00.000Z" },
    });
  });

  it("filters by severity and above, actor, detection, account, region and outcome", () => {
    const finding = kept({ detection: "iam-inline-admin-policy" });
    const holds = (values: Parameters<typeof filterOf>[0]) => filterOf(values)(finding);
    expect(holds({})).to.equal(true);
    expect(holds({ severity: "medium" })).to.equal(true);
    expect(holds({ severity: "critical" })).to.equal(false);
    expect(holds({ actor: "*mallory" })).to.equal(true);
    expect(holds({ actor: "mallory" })).to.equal(false);
    expect(holds({ detection: "iam-inline-admin-policy", account: "111122223333" })).to.equal(true);
    expect(holds({ detection: "ec2-ami-shared" })).to.equal(false);
    expect(holds({ account: "444455556666" })).to.equal(false);
    expect(holds({ region: "eu-west-1" })).to.equal(false);
    expect(holds({ outcome: "planned" })).to.equal(false);
    expect([holds({ "at-most": "critical" }), holds({ "at-most": "high" })]).to.deep.equal([true, true]);
    expect([holds({ "at-most": "medium" }), holds({ "at-most": "info" })]).to.deep.equal([false, false]);
    expect(holds({ "at-most": "high", severity: "high" })).to.equal(true);
    expect(() => filterOf({ "at-most": "grave" })).to.throw(/--at-most.*critical/);
    expect(() => filterOf({ severity: "grave" })).to.throw(/--severity.*critical/);
    expect(() => filterOf({ outcome: "fixd" })).to.throw("did you mean fixed?");
    expect(() => filterOf({ detection: "iam-inline-admin" })).to.throw("--detection");
  });

  it("lists the most severe first within 80 columns, and says how many there are", async () => {
    const all = [
      kept({ id: "11111111-0000#iam-inline-admin-policy", severity: "low", outcome: "alerted" }),
      kept({ id: "22222222-0000#cloudtrail-logging-stopped", severity: "critical" }),
      kept({ id: "33333333-0000#iam-user-created", eventTime: "2026-05-04T11:00:00Z" }),
    ];
    const { out, err, io } = written(80);
    await showList(each(all), { format: "table", limit: 2 }, io);
    for (const line of out) expect(line.length, line).to.be.at.most(80);
    expect(out).to.have.length(3);
    expect(out[0]).to.match(/^SEVERITY +OUTCOME +FINDING +ACTOR/);
    expect(out[1]).to.match(/^critical +fixed +22222222#cloudtrail-logging-stopped +mallory/);
    expect(out[2]).to.match(/^high +fixed +33333333#iam-user-created/);
    expect(err).to.deep.equal(["3 findings, 2 of them shown (--limit, or --format jsonl for all)"]);
  });

  it("has both delays in JSON lines", async () => {
    const { out, io } = written();
    await showList(each([kept()]), { format: "jsonl", limit: 1 }, io);
    expect(JSON.parse(out[0] ?? "")).to.deep.include({ seenAfterSeconds: 8, decidedAfterSeconds: 9 });
  });

  it("writes CSV in which no name runs as a formula", async () => {
    const { out, io } = written();
    await showList(each([kept({ actor: '=HYPERLINK("http://x")' })]), { format: "csv", limit: 1 }, io);
    expect(out).to.have.length(2);
    expect(out[1]).to.include(`"'=HYPERLINK(""http://x"")"`);
    expect(csvRow(["+1", "-1", "@a", "\t=1", "a,b", "a\nb", 5])).to.equal(`'+1,'-1,'@a,'\t=1,"a,b","a\nb",5`);
    expect(csvRow(["a\u202eb", "\u001b[2J"])).to.equal("a\\u202eb,\\u001b[2J");
  });

  describe("one finding", () => {
    const finding = aFinding();
    const where = { table: "findings-red", region: "us-east-1" };

    /** The item of the usual finding after these steps of its handling, two seconds apart. */
    const itemAfter = async (...steps: Progress[]) => {
      const table = aTable();
      let clock = Date.parse("2026-05-04T10:00:06Z");
      const store = createFindingsStore(table.aws, {
        ...where,
        owner: "one",
        leaseMs: 45_000,
        keepDays: 90,
        now: () => (clock += 2_000),
      });
      const { severity, title, account, region, actor, record } = finding;
      const { eventTime } = record;
      const about = { severity, title, account, region, actor: actor.name, eventTime, team: "red" };
      await store.claim(finding.id, about, {} as Identity);
      for (const step of steps) await store.save(finding.id, step);
      return table.items[finding.id] as Item;
    };
    const { record, match, source } = finding;
    const basis = { record, match, source };
    const reason = "the mode is now alert";

    it("shows all of one, as in its alert, with how it was handled", async () => {
      const item = await itemAfter(
        { state: "decided", outcome: "refused", reason, basis },
        { state: "done" },
      );
      const whole = wholeOf(item, where);
      expect(whole.alert).to.deep.include({
        id: finding.id,
        outcome: "refused",
        title: finding.title,
        reason,
      });
      const text = linesOfWhole(whole).join("\n");
      expect(text).to.include(reason).and.include("Next steps").and.include("team red");
      expect(text).to.match(/state +done/);
      expect(text).to.match(/seen +2026-05-04T10:00:\d\d\.000Z, \d+ s after the call/);
      expect(text).to.match(/decided +2026-05-04T10:00:\d\d\.000Z, \d+ s after the call/);
    });

    it("says so while there is no outcome", async () => {
      const text = linesOfWhole(wholeOf(await itemAfter(), where)).join("\n");
      expect(text).to.include("UNFINISHED").and.include(finding.id);
      expect(text).to.match(/state +claimed/);
    });

    it("says of an imported one where it was found, and on what evidence, and of no delays", async () => {
      const imported = { hunt: "2026-06-01", by: "ann", why: "an incident", at: "2026-06-01T10:00:00Z" };
      const item = texts({
        id: finding.id,
        state: "imported",
        outcome: "imported",
        claimedAt: "2026-05-04T10:00:00.000Z",
        about: JSON.stringify({
          title: "Administrator",
          eventTime: "2026-05-04T10:00:00Z",
          source: "s3://logs/x",
          imported,
        }),
        evidence: JSON.stringify([
          { parameter: "requestParameters.policyArn", value: "\u001b[2J", why: "is wide" },
        ]),
      });
      const text = linesOfWhole(wholeOf(item as Item, where)).join("\n");
      expect(text).to.include("IMPORTED: found in old log files by the hunt 2026-06-01");
      expect(text)
        .to.match(/log file +s3/)
        .and.match(/evidence +requestParameters.policyArn .*: is wide/);
      expect(text).to.match(/imported +2026-06-01T10:00:00Z by ann: an incident/);
      expect(text).not.to.match(/seen|after the call|UNFINISHED|\u001b/);
      const { out, io } = written();
      const one = { ...keptOf(item as Item), decidedAt: "2026-06-01T10:00:00Z" };
      await showList(each([one]), { format: "jsonl", limit: 1 }, io);
      expect(JSON.parse(out[0] ?? "")).to.deep.include({ outcome: "imported", imported });
      expect(JSON.parse(out[0] ?? "")).not.to.have.any.keys("seenAfterSeconds", "decidedAfterSeconds");
    });

    it("says who rolled it back and why, without terminal escapes of theirs", async () => {
      const item = await itemAfter({ state: "decided", outcome: "fixed", basis });
      const rolledBack = texts({
        rolledBackAt: "2026-05-04T11:00:00Z",
        rolledBackBy: "ann",
        rolledBackWhy: "\u001b[2J",
      });
      const text = linesOfWhole(wholeOf({ ...item, ...rolledBack }, where)).join("\n");
      expect(text)
        .to.match(/rolled back 2026-05-04T11:00:00Z by ann/)
        .and.not.include("\u001b");
    });
  });

  it("refuses what it does not understand", async () => {
    const values = Object.fromEntries(
      Object.entries(options).flatMap(([name, one]) => ("default" in one ? [[name, one.default]] : [])),
    );
    const failing = async (own: Record<string, string>, positionals: string[] = []) => {
      try {
        await run({ values: { ...values, ...own } as never, positionals }, written().io);
        return "";
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(await failing({ format: "xml" })).to.include("--format table, json, jsonl, csv");
    expect(await failing({ limit: "0" })).to.include("--limit");
    expect(await failing({ since: "1d", until: "2d" })).to.include("--until after --since");
    expect(await failing({}, ["one", "two"])).to.include("one ID at most");
  });
});
