import { expect } from "chai";
import type { AskedOfFunction, AskFunction } from "../../cli/ask-function";
import { switchLines, type Throw, throwSwitch } from "../../cli/mode";
import { type Answers, fakeAws } from "../support/factories";
import { called } from "./called";

describe("cloudtrailer mode", () => {
  const now = Date.parse("2026-05-04T10:30:00Z");
  const stack = { table: "findings-red", region: "us-west-2" };
  const Arn = "arn:aws:iam::111122223333:user/alice";

  const usageOf = async (...args: string[]) => {
    const { code, err } = await called(["mode", ...args]);
    expect(code).to.equal(2);
    return err.join("\n");
  };

  /** What the function is asked when somebody throws the switch. */
  async function askedFor(thrown: Throw, answers: Answers = {}): Promise<AskedOfFunction[]> {
    const asked: AskedOfFunction[] = [];
    const { aws } = fakeAws(answers);
    const ask: AskFunction = async (one) => {
      asked.push(one);
      return { by: Arn, at: "" };
    };
    await throwSwitch({ ...stack, aws }, ask, thrown, now);
    return asked;
  }

  it("asks the function to set it, for one detection or all", async () => {
    const thrown = { mode: "alert" as const, why: "drill", until: "2026-05-04T11:00:00.000Z" };
    for (const detection of [{}, { detection: "iam-inline-admin-policy" }])
      expect(await askedFor({ ...thrown, ...detection })).to.deep.equal([
        { verb: "mode", ...thrown, ...detection },
      ]);
  });

  it("asks for the named breakers to be closed when it allows fixes again", async () => {
    const Items = ["account", "iam-inline-admin-policy", "iam-inline-admin-policy#0a"].map((of) => ({
      id: { S: `breaker#${of}` },
      openedAt: { N: String(now - 1000) },
      fixes: { SS: [`${now - 2000}|a`, `${now - 1000}|b`] },
    }));
    const thrown = { mode: "fix" as const, why: "over" };
    const answers = { "dynamodb:Scan": { Items } };
    expect(await askedFor({ ...thrown, detection: "iam-inline-admin-policy" }, answers)).to.deep.equal([
      {
        verb: "mode",
        ...thrown,
        detection: "iam-inline-admin-policy",
        close: ["breaker#iam-inline-admin-policy", "breaker#iam-inline-admin-policy#0a"],
      },
    ]);
    expect((await askedFor(thrown, answers))[0])
      .to.have.property("close")
      .that.has.length(3);
    expect(await askedFor(thrown, { "dynamodb:Scan": { Items: [] } })).to.deep.equal([
      { verb: "mode", ...thrown },
    ]);
  });

  it("shows what is in force, and the open breakers", async () => {
    const ceiling = (own: object) => ({
      S: JSON.stringify({ mode: "alert", by: Arn, why: "drill", at: "2026-05-04T10:00:00Z", ...own }),
    });
    const { aws } = fakeAws({
      "dynamodb:GetItem": {
        Item: {
          id: { S: "switch" },
          "*": ceiling({ why: "drill\nall: at most fix" }),
          past: ceiling({ until: "2026-05-04T10:29:00Z" }),
        },
      },
      "dynamodb:Scan": {
        Items: [
          {
            id: { S: "breaker#account" },
            openedAt: { N: String(now - 60_000) },
            fixes: { SS: [`${now - 60_000}|a`, `${now - 3_600_000}|b`] },
          },
        ],
      },
    });
    expect(await switchLines({ ...stack, aws }, now)).to.deep.equal([
      `all detections: at most alert, set at 2026-05-04T10:00:00Z by ${Arn}: drill\\u000aall: at most fix`,
      "breaker of the account opened at 2026-05-04T10:29:00.000Z: 1 fix within the last hour",
    ]);
  });

  it("says so when nobody has thrown it", async () => {
    const { aws } = fakeAws({ "dynamodb:GetItem": {}, "dynamodb:Scan": { Items: [] } });
    expect(await switchLines({ ...stack, aws }, now)).to.deep.equal([
      "the stack's configuration is in force",
    ]);
  });

  it("says what is wrong with its arguments", async () => {
    expect(await usageOf("alrt", "--why", "x")).to.include('found "alrt" (did you mean alert?)');
    expect(await usageOf("alert", "--table", "t")).to.include("--why");
    expect(await usageOf("alert", "--why", "x".repeat(1_001))).to.include("at most 1000 characters");
    expect(await usageOf("off", "--why", "x")).to.include("a silenced system looks like one");
    expect(await usageOf("off", "--why", "x", "--detection", "iam-inline-admin-policy")).to.include(
      "detections.<id>.mode",
    );
    expect(await usageOf("alert", "--why", "x", "--detection", "iam-inline-admin-polcy")).to.include(
      "did you mean iam-inline-admin-policy?",
    );
    expect(await usageOf("alert", "--why", "x", "--until", "2020-01-01")).to.include("a future time");
    expect(await usageOf("fix", "--why", "x", "--until", "2999-01-01")).to.include("below fix");
    expect(await usageOf("--why", "x")).to.include("--why without one");
  });
});
