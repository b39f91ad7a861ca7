import { expect } from "chai";
import type { CallAws } from "../../../handlers/aws/call";
import type { Attributes } from "../../../handlers/aws/table";
import { createPeriods, lastEndOf, periodKey, type PeriodSummary } from "../../../handlers/findings/periods";
import { findingsByDay } from "../../../handlers/findings/store";
import type { PeriodSettings } from "../../../handlers/settings";
import { region } from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";

describe("summaries of periods", () => {
  const start = Date.parse("2026-05-04T10:30:00Z");
  const hourly: PeriodSettings = {
    key: "hourly-below-high",
    every: "hourly",
    below: "high",
    detections: [],
    accounts: [],
  };
  const daily: PeriodSettings = { ...hourly, key: "daily-below-high", every: "daily" };

  function prepare(summaries = [hourly]) {
    const table = aTable();
    let clock = start;
    const how = { fails: false, failsAfter: false, pages: 2, spent: 0 };
    const queries: string[] = [];
    const published: (PeriodSummary & { mayRepeat: boolean })[] = [];
    /** The index, two items a page. */
    const query: CallAws = async ({ input }) => {
      expect(input.IndexName).to.equal(findingsByDay.name);
      const values = input.ExpressionAttributeValues as Attributes;
      const [day, from, until] = [":day", ":from", ":until"].map((name) => values[name]?.S ?? "");
      queries.push(`${day} ${from} ${until}`);
      const all = Object.values(table.items)
        .filter(({ day: of, claimedAt }) => of?.S === day && claimedAt?.S !== undefined)
        .filter(
          ({ claimedAt }) => String(claimedAt?.S) >= String(from) && String(claimedAt?.S) <= String(until),
        )
        .sort((a, b) => (String(a.claimedAt?.S) < String(b.claimedAt?.S) ? 1 : -1));
      const at = Number(input.ExclusiveStartKey ?? 0);
      const next = at + how.pages;
      return { Items: all.slice(at, next), ...(next < all.length ? { LastEvaluatedKey: next } : {}) };
    };
    const aws: CallAws = (call) => (call.operation === "Query" ? query(call) : table.aws(call));
    const periodsOf = () =>
      createPeriods({
        settings: { summaries, table: "findings-red", region },
        aws,
        alertPeriod: async (summary, mayRepeat) => {
          if (how.fails) throw new Error("SNS does not answer");
          published.push({ ...summary, mayRepeat });
          if (how.failsAfter) throw new Error("the invocation was killed");
        },
        now: () => clock,
      });
    let left = 100_000;
    const summarize = () =>
      periodsOf().summarize(() => {
        left -= how.spent;
        return left;
      });
    let count = 0;
    const find = (claimedAt: string, severity = "low", own: object = {}) => {
      const id = `${++count}#iam-user-created`;
      const about = { severity, detection: "iam-user-created", account: "111122223333", ...own };
      table.items[id] = {
        id: { S: id },
        day: { S: claimedAt.slice(0, 10) },
        claimedAt: { S: claimedAt },
        outcome: { S: "planned" },
        about: { S: JSON.stringify(about) },
      };
    };
    return {
      summarize,
      find,
      published,
      queries,
      how,
      table,
      at: (iso: string) => void (clock = Date.parse(iso)),
      spans: () =>
        published.map(({ since, until, findings }) => [since.slice(11, 16), until.slice(11, 16), findings]),
    };
  }

  it("end at whole hours, and days at six in the morning, UTC, on every day of the year", () => {
    const ends = (every: "hourly" | "daily", at: string) =>
      new Date(lastEndOf(every, Date.parse(at))).toISOString();
    expect(ends("hourly", "2026-05-04T10:00:00.000Z")).to.equal("2026-05-04T10:00:00.000Z");
    expect(ends("hourly", "2026-05-04T10:59:59.999Z")).to.equal("2026-05-04T10:00:00.000Z");
    expect(ends("daily", "2026-05-04T05:59:59.999Z")).to.equal("2026-05-03T06:00:00.000Z");
    expect(ends("daily", "2026-05-04T06:00:00.000Z")).to.equal("2026-05-04T06:00:00.000Z");
    // Clocks change in Europe on these days, and not here.
    for (const day of ["2026-03-29", "2026-10-25"])
      expect(ends("daily", `${day}T06:00:00.000Z`)).to.equal(`${day}T06:00:00.000Z`);
  });

  it("have each finding once, at the boundary too, and nothing as severe as is alerted at once", async () => {
    const { summarize, find, spans, at, published } = prepare();
    await summarize();
    find("2026-05-04T09:59:59.999Z");
    find("2026-05-04T10:00:00.000Z");
    find("2026-05-04T10:59:59.999Z");
    find("2026-05-04T11:00:00.000Z");
    find("2026-05-04T10:10:00.000Z", "high");
    find("2026-05-04T10:10:00.000Z", "critical");
    at("2026-05-04T11:04:59Z");
    expect(await summarize()).to.deep.equal({ published: 0, errors: [] });
    at("2026-05-04T11:05:00Z");
    expect(await summarize()).to.deep.equal({ published: 1, errors: [] });
    at("2026-05-04T11:40:00Z");
    await summarize();
    at("2026-05-04T12:30:00Z");
    await summarize();
    expect(spans()).to.deep.equal([
      ["10:00", "11:00", 2],
      ["11:00", "12:00", 1],
    ]);
    expect(published[0]).to.deep.include({
      key: hourly.key,
      every: "hourly",
      below: "high",
      mayRepeat: false,
    });
    expect(published[0]?.by.severity).to.deep.equal({ low: 2 });
  });

  it("are not published about hours without findings", async () => {
    const { summarize, published, table, at } = prepare();
    await summarize();
    at("2026-05-04T13:30:00Z");
    expect(await summarize()).to.deep.equal({ published: 0, errors: [] });
    expect(published).to.deep.equal([]);
    expect(table.items[periodKey(hourly)]?.until?.S).to.equal("2026-05-04T13:00:00.000Z");
  });

  it("of a day read two days of the index, and come once a day", async () => {
    const { summarize, find, spans, queries, at } = prepare([daily]);
    await summarize();
    find("2026-05-04T20:00:00.000Z");
    find("2026-05-05T05:00:00.000Z");
    find("2026-05-05T06:00:00.000Z");
    at("2026-05-05T06:30:00Z");
    await summarize();
    at("2026-05-05T07:30:00Z");
    await summarize();
    expect(spans()).to.deep.equal([["06:00", "06:00", 2]]);
    expect(queries).to.deep.equal([
      "2026-05-05 2026-05-04T06:00:00.000Z 2026-05-05T05:59:59.999Z",
      "2026-05-04 2026-05-04T06:00:00.000Z 2026-05-05T05:59:59.999Z",
    ]);
  });

  it("are made by one of two invocations at the same moment", async () => {
    const { summarize, find, published, at } = prepare();
    await summarize();
    find("2026-05-04T10:10:00.000Z");
    at("2026-05-04T11:30:00Z");
    await Promise.all([summarize(), summarize(), summarize()]);
    expect(published).to.have.length(1);
  });

  it("are tried again an hour after an error, which costs no other summary", async () => {
    const { summarize, find, spans, how, at } = prepare([hourly, daily]);
    await summarize();
    find("2026-05-04T10:10:00.000Z");
    at("2026-05-04T11:30:00Z");
    how.fails = true;
    expect(await summarize()).to.deep.equal({
      published: 0,
      errors: ["unable to summarize hourly-below-high: SNS does not answer"],
    });
    how.fails = false;
    at("2026-05-04T12:30:00Z");
    await summarize();
    expect(spans()).to.deep.equal([["10:00", "11:00", 1]]);
  });

  it("say that they may be a repetition when an invocation died after publishing, and only then", async () => {
    const { summarize, find, published, how, at } = prepare();
    await summarize();
    find("2026-05-04T10:10:00.000Z");
    find("2026-05-04T11:10:00.000Z");
    at("2026-05-04T11:30:00Z");
    how.failsAfter = true;
    await summarize();
    how.failsAfter = false;
    at("2026-05-04T12:30:00Z");
    await summarize();
    expect(published.map(({ until, mayRepeat }) => [until.slice(11, 13), mayRepeat])).to.deep.equal([
      ["11", false],
      ["11", true],
      ["12", false],
    ]);
  });

  it("are made up for after a standstill, hour by hour, and say what is left out", async () => {
    const { summarize, find, published, at } = prepare();
    await summarize();
    find("2026-05-04T11:10:00.000Z");
    find("2026-05-05T20:10:00.000Z");
    at("2026-05-04T20:30:00Z");
    await summarize();
    expect(published.map(({ since, leftOut }) => [since.slice(11, 13), leftOut])).to.deep.equal([
      ["11", undefined],
    ]);
    at("2026-05-06T12:30:00Z");
    await summarize();
    expect(
      published.slice(1).map(({ since, findings, leftOut }) => ({ since, findings, leftOut })),
    ).to.deep.equal([
      {
        since: "2026-05-05T12:00:00.000Z",
        findings: 0,
        leftOut: { since: "2026-05-04T20:00:00.000Z", until: "2026-05-05T12:00:00.000Z" },
      },
      { since: "2026-05-05T20:00:00.000Z", findings: 1, leftOut: undefined },
    ]);
  });

  it("stop when time is almost up: the next hour goes on, and a period that was begun is counted as far as it goes", async () => {
    const { summarize, find, published, how, table, at } = prepare();
    await summarize();
    for (let minute = 10; minute < 40; minute++) find(`2026-05-04T10:${minute}:00.000Z`);
    find("2026-05-04T11:10:00.000Z");
    at("2026-05-04T12:30:00Z");
    how.spent = 8_000;
    await summarize();
    expect(published).to.have.length(1);
    expect(published[0]?.isPartial).to.equal(true);
    expect(published[0]?.findings).to.be.within(1, 29);
    expect(table.items[periodKey(hourly)]?.until?.S).to.equal("2026-05-04T11:00:00.000Z");
  });

  it("are independent of each other, each with its own filter", async () => {
    const others: PeriodSettings = { ...hourly, key: "other", accounts: ["444455556666"] };
    const { summarize, find, published, at } = prepare([
      hourly,
      others,
      { ...hourly, key: "s3", detections: ["s3-*"] },
    ]);
    await summarize();
    find("2026-05-04T10:10:00.000Z");
    find("2026-05-04T10:11:00.000Z", "medium", { account: "444455556666", detection: "s3-bulk-delete" });
    at("2026-05-04T11:30:00Z");
    expect((await summarize()).published).to.equal(3);
    expect(published.map(({ key, findings }) => [key, findings])).to.deep.equal([
      [hourly.key, 2],
      ["other", 1],
      ["s3", 1],
    ]);
  });
});
