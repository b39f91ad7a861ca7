import { expect } from "chai";
import { periodType, summaryType } from "../../handlers/alerts/bus";
import { checkConfig } from "../../infra/config";
import type { Config } from "../../infra/config-keys";
import { type Channel, channelPattern } from "../../infra/channels";
import { filterPolicyOf, getsRequests, isSubscriber, periodOf, periodsOf } from "../../infra/subscribers";
import { settingsOf } from "../../infra/settings";
import { account, region } from "../support/factories";
import { matches } from "./event-pattern";

const email = { protocol: "email", endpoint: "a@example.com" };
const slack = { protocol: "slack", channel: "C0123456789", token: "xoxb-1111-2222-abcdef" };
const pagerduty = { protocol: "pagerduty", routingKey: "0123456789abcdef0123456789abcdef" };

function checked(...subscribers: object[]) {
  return checkConfig(
    {
      project: "cloudtrailer",
      values: { "cloudtrailer:team": "red", "cloudtrailer:subscribers": JSON.stringify(subscribers) },
      secrets: ["cloudtrailer:subscribers"],
    },
    { now: 0, catalogue: [] },
  );
}
function configOf(...subscribers: object[]): Config {
  const { config, problems } = checked(...subscribers);
  if (config === undefined) throw new Error(JSON.stringify(problems));
  return config;
}

describe("subscribers with summaries", () => {
  it("are refused with the reason where nothing is left to summarize, or where a summary makes no sense", () => {
    const problemsOf = (one: object) =>
      checked(one).problems.map(
        ({ key, expected }) => `${key.slice("cloudtrailer:subscribers[0].".length)}: ${expected}`,
      );
    const below = "a severity above info with `summary`, which is about what is less severe";
    for (const one of [email, slack, { ...email, minimumSeverity: "info" }])
      expect(problemsOf({ ...one, summary: "daily" })).to.deep.equal([`minimumSeverity: ${below}`]);
    const high = { minimumSeverity: "high", summary: "hourly" };
    expect(problemsOf({ protocol: "sms", endpoint: "+15550100123", ...high })).to.deep.equal([
      "summary: no summary for sms, which has room for one sentence",
    ]);
    expect(problemsOf({ ...pagerduty, ...high })).to.deep.equal([
      "summary: no summary for pagerduty, which wakes somebody for each",
    ]);
    expect(problemsOf({ ...email, ...high, summary: "weekly" })).to.deep.equal([
      "summary: one of hourly, daily",
    ]);
    for (const one of [email, slack]) expect(problemsOf({ ...one, ...high })).to.deep.equal([]);
  });

  it("get the same summary if they ask for the same, whichever way", () => {
    const config = configOf(
      { ...email, minimumSeverity: "high", summary: "daily" },
      { ...slack, minimumSeverity: "high", summary: "daily" },
      { ...slack, minimumSeverity: "high", summary: "hourly" },
      { ...slack, minimumSeverity: "high", summary: "daily", accounts: ["222233334444", account] },
      { ...slack, minimumSeverity: "high", summary: "daily", accounts: [account, "222233334444"] },
      { ...slack, minimumSeverity: "high", summary: "daily", detections: ["iam-*"] },
      { ...email, endpoint: "b@example.com" },
    );
    const keys = periodsOf(config.subscribers).map(({ key }) => key.replace(/-[0-9a-f]{8}$/, "-…"));
    expect(keys).to.deep.equal([
      "daily-below-high",
      "hourly-below-high",
      "daily-below-high-…",
      "daily-below-high-…",
    ]);
    const { summaries } = settingsOf(config, { partition: "aws", region, account });
    expect(summaries?.[0]).to.deep.equal({
      key: "daily-below-high",
      every: "daily",
      below: "high",
      detections: [],
      accounts: [],
    });
    expect(summaries?.map(({ key }) => key)).to.have.length(new Set(summaries?.map(({ key }) => key)).size);
    expect(settingsOf(configOf(email), { partition: "aws", region, account })).not.to.have.property(
      "summaries",
    );
  });

  describe("on the topic", () => {
    const policies = (...given: object[]) => {
      const { subscribers } = configOf(...given);
      const has = periodsOf(subscribers).length > 0;
      return subscribers.filter(isSubscriber).map((one) => filterPolicyOf(one, has));
    };

    it("get what they ask for, and nobody else gets it", () => {
      const severe = { severity: ["critical", "high"] };
      const all = { severity: ["critical", "high", "medium", "low", "info"] };
      const b = { ...email, endpoint: "b@example.com" };
      const c = { ...email, endpoint: "c@example.com", minimumSeverity: "high" };
      expect(
        policies(
          { ...email, minimumSeverity: "high", summary: "hourly" },
          { ...b, minimumSeverity: "medium", summary: "hourly" },
          c,
          { ...email, endpoint: "d@example.com" },
        ),
      ).to.deep.equal([
        { $or: [severe, { summary: ["hourly-below-high"] }] },
        { $or: [{ severity: ["critical", "high", "medium"] }, { summary: ["hourly-below-medium"] }] },
        severe,
        all,
      ]);
      expect(policies(b, { ...slack, minimumSeverity: "high", summary: "hourly" })).to.deep.equal([all]);
      expect(policies(b, c), "without any summary, nothing changes").to.deep.equal([undefined, severe]);
    });
  });

  describe("behind the bus", () => {
    const patternsOf = (...given: object[]) => {
      const { subscribers } = configOf(...given);
      const any = periodsOf(subscribers).length > 0;
      return subscribers
        .filter(getsRequests)
        .map((one: Channel) => channelPattern(one, { any, own: periodOf(one)?.key }));
    };
    const finding = (severity_id: number) => ({
      source: "cloudtrailer",
      "detail-type": "Detection Finding",
      detail: {
        severity_id,
        finding_info: { types: ["iam-user-created"] },
        cloud: { account: { uid: account } },
      },
    });
    const summary = (key: string) => ({
      ...finding(5),
      "detail-type": periodType,
      detail: {
        ...finding(5).detail,
        finding_info: { types: [] },
        unmapped: { summary: "period", period: { key } },
      },
    });
    const test = {
      source: "cloudtrailer",
      "detail-type": summaryType,
      detail: { severity_id: 1, unmapped: { summary: "test" } },
    };

    it("get what they ask for, and nobody else gets it", () => {
      const high = { minimumSeverity: "high" };
      const patterns = patternsOf(
        { ...slack, ...high, summary: "hourly" },
        { ...slack, ...high, summary: "daily" },
        { ...slack, ...high },
        slack,
        { ...slack, accounts: [account] },
      );
      for (const { $or } of patterns as { $or?: object[] }[]) expect($or ?? [1, 2]).to.have.length.above(1);
      const whoGets = (event: object) => patterns.map((pattern) => matches(pattern as never, event as never));
      expect(whoGets(summary("hourly-below-high"))).to.deep.equal([true, false, false, false, false]);
      expect(whoGets(summary("daily-below-high"))).to.deep.equal([false, true, false, false, false]);
      expect(whoGets(finding(4))).to.deep.equal([true, true, true, true, true]);
      expect(whoGets(finding(2))).to.deep.equal([false, false, false, true, true]);
      expect(whoGets(test)).to.deep.equal([true, true, true, true, true]);
      expect(whoGets({ ...test, detail: { ...test.detail, unmapped: { summary: "flood" } } })).to.deep.equal([
        false,
        false,
        false,
        true,
        false,
      ]);
    });

    it("have the pattern that they always had while nobody asks for a summary", () => {
      expect(patternsOf(slack, { ...slack, minimumSeverity: "critical" })).to.deep.equal([
        { source: ["cloudtrailer"] },
        {
          source: ["cloudtrailer"],
          detail: { $or: [{ severity_id: [5] }, { unmapped: { summary: ["test"] } }] },
        },
      ]);
    });
  });
});
