import { expect } from "chai";
import { switchLines, throwSwitch } from "../../cli/mode";
import { fakeAws } from "../support/factories";
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

  it("records who throws the switch and why, for one detection or all", async () => {
    for (const detection of [undefined, "iam-inline-admin-policy"]) {
      const { aws, calls } = fakeAws({ "sts:GetCallerIdentity": { Arn }, "dynamodb:UpdateItem": {} });
      const thrown = { mode: "alert" as const, why: "drill", until: "2026-05-04T11:00:00.000Z" };
      await throwSwitch({ ...stack, aws }, detection === undefined ? thrown : { ...thrown, detection }, now);
      const input = calls[1]?.input as {
        Key: object;
        ExpressionAttributeNames: object;
        ExpressionAttributeValues: { ":ceiling": { S: string } };
      };
      expect(input.Key).to.deep.equal({ id: { S: "switch" } });
      expect(input.ExpressionAttributeNames).to.deep.equal({ "#detection": detection ?? "*" });
      expect(JSON.parse(input.ExpressionAttributeValues[":ceiling"].S)).to.deep.equal({
        ...thrown,
        by: Arn,
        at: "2026-05-04T10:30:00.000Z",
      });
    }
  });

  it("closes the named breakers when it allows fixes again", async () => {
    const Items = ["account", "iam-inline-admin-policy"].map((of) => ({
      id: { S: `breaker#${of}` },
      openedAt: { N: String(now - 1000) },
      fixes: { SS: [`${now - 2000}|a`, `${now - 1000}|b`] },
    }));
    const closed = async (detection?: string) => {
      const { aws, calls } = fakeAws({
        "sts:GetCallerIdentity": { Arn },
        "dynamodb:UpdateItem": {},
        "dynamodb:Scan": { Items },
      });
      const thrown = { mode: "fix" as const, why: "over" };
      await throwSwitch({ ...stack, aws }, detection === undefined ? thrown : { ...thrown, detection }, now);
      return calls.flatMap(({ input }) =>
        String(input.UpdateExpression).includes("REMOVE fixes")
          ? [(input.Key as { id: { S: string } }).id.S]
          : [],
      );
    };
    expect(await closed("iam-inline-admin-policy")).to.deep.equal(["breaker#iam-inline-admin-policy"]);
    expect(await closed()).to.have.length(2);
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
    expect(await usageOf("alert", "--why", "x", "--detection", "iam-inline-admin-polcy")).to.include(
      "did you mean iam-inline-admin-policy?",
    );
    expect(await usageOf("alert", "--why", "x", "--until", "2020-01-01")).to.include("a future time");
    expect(await usageOf("fix", "--why", "x", "--until", "2999-01-01")).to.include("below fix");
    expect(await usageOf("--why", "x")).to.include("--why without one");
  });
});
