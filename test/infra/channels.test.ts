import { expect } from "chai";
import { detailOf } from "../../handlers/alerts/bus";
import { alertOf } from "../../handlers/alerts/alert";
import { detections as catalogue } from "../../handlers/detections/index";
import { type Channel, channelPart, channelPattern } from "../../infra/channels";
import { checkConfig } from "../../infra/config";
import { getsRequests } from "../../infra/subscribers";
import type { Problem } from "../../infra/checks";
import { aFinding, aMinuteLater, someSettings } from "../support/factories";
import { matches } from "./event-pattern";

const token = "xoxb-1111-2222-abcdef";
const slack = { protocol: "slack", channel: "C0123456789", token };
const teams = {
  protocol: "teams",
  endpoint: "https://x.westeurope.logic.azure.com/workflows/1/run?api-version=1&sig=hidden",
};
const jira = {
  protocol: "jira",
  url: "https://x.atlassian.net/",
  project: "SEC",
  user: "bot@example.com",
  token: "jira-token-1",
};
const pagerduty = { protocol: "pagerduty", routingKey: "0123456789abcdef0123456789abcdef" };
const webhook = {
  protocol: "webhook",
  endpoint: "https://hooks.example.com/a?key=hidden",
  token: "secret-value",
};

function checked(subscribers: object[], secrets = ["cloudtrailer:subscribers"]) {
  const values = { "cloudtrailer:team": "red", "cloudtrailer:subscribers": JSON.stringify(subscribers) };
  return checkConfig({ project: "cloudtrailer", values, secrets }, { now: 0, catalogue });
}
function channelsOf(...subscribers: object[]): Channel[] {
  const { config, problems } = checked(subscribers);
  expect(problems).to.deep.equal([]);
  return (config?.subscribers ?? []).filter(getsRequests);
}
const problemsOf = (...args: Parameters<typeof checked>) =>
  checked(...args).problems.map(({ key, expected }: Problem) => `${key}: ${expected}`);

const detail = detailOf(
  alertOf({ finding: aFinding(), result: { outcome: "alerted" }, seenAt: aMinuteLater }, someSettings()),
);
const event = { source: "cloudtrailer", detail };

/** As EventBridge fills in a template: a string gets its quotes, anything else is JSON. */
function filledIn({ transformer }: Channel): unknown {
  const at = (path: string) =>
    path
      .slice(2)
      .split(".")
      .reduce((value, key) => (value as Record<string, unknown>)[key], event as unknown);
  if ("inputPath" in transformer) return at(transformer.inputPath);
  const { inputPaths, inputTemplate } = transformer;
  return JSON.parse(
    inputTemplate.replace(/<(\w+)>/g, (_, name: string) => JSON.stringify(at(String(inputPaths[name])))),
  );
}

describe("subscribers behind the findings bus", () => {
  it("have names like all others, and their own defaults", () => {
    const channels = channelsOf(slack, { ...slack, name: "night" }, teams, jira, pagerduty, webhook);
    expect(channels.map(({ name, url }) => `${name} ${url}`)).to.deep.equal([
      "slack-1 https://slack.com/api/chat.postMessage",
      "night https://slack.com/api/chat.postMessage",
      "teams-1 https://x.westeurope.logic.azure.com/workflows/1/run",
      "jira-1 https://x.atlassian.net/rest/api/2/issue",
      "pagerduty-1 https://events.pagerduty.com/v2/enqueue",
      "webhook-1 https://hooks.example.com/a",
    ]);
  });

  it("keep what is secret out of the address", () => {
    for (const { url } of channelsOf(slack, teams, jira, pagerduty, webhook))
      expect(url).not.to.match(/hidden|token|xoxb|0123456789abcdef/);
    const [first, , third] = channelsOf(teams, webhook, pagerduty);
    expect(first?.query).to.deep.equal({ "api-version": "1", sig: "hidden" });
    expect(third?.body).to.deep.equal({ routing_key: pagerduty.routingKey });
  });

  it("get bodies that their services take", () => {
    const [ofSlack, ofTeams, ofJira, ofPagerDuty, ofWebhook] = channelsOf(
      slack,
      teams,
      jira,
      pagerduty,
      webhook,
    ).map(filledIn) as Record<string, unknown>[];
    expect(ofSlack).to.include({ channel: "C0123456789" });
    expect(ofSlack?.attachments).to.be.an("array");
    expect(ofTeams).to.have.nested.property("attachments[0].content.type", "AdaptiveCard");
    expect(ofJira).to.have.nested.property("fields.project.key", "SEC");
    expect(ofJira).to.have.nested.property("fields.issuetype.name", "Task");
    expect(ofPagerDuty).to.have.nested.property("payload.severity", "critical");
    expect(ofWebhook).to.include({ class_uid: 2004 });
  });

  it("get the severities, detections and accounts that they ask for", () => {
    const isSent = (own: object) => {
      const [channel] = channelsOf({ ...slack, ...own });
      return matches(channelPattern(channel as Channel) as never, event as never);
    };
    expect(isSent({})).to.equal(true);
    expect(isSent({ minimumSeverity: "critical" })).to.equal(true);
    expect(isSent({ detections: ["iam-*"] })).to.equal(true);
    expect(isSent({ detections: ["s3-*", "ec2-sg-open-to-world"] })).to.equal(false);
    expect(isSent({ accounts: ["111122223333"] })).to.equal(true);
    expect(isSent({ accounts: ["444455556666"] })).to.equal(false);
    const tested = { source: "cloudtrailer", detail: { unmapped: { summary: "test" }, severity_id: 1 } };
    const [none] = channelsOf({ ...slack, minimumSeverity: "critical", accounts: ["444455556666"] });
    expect(matches(channelPattern(none as Channel) as never, tested as never), "a test").to.equal(true);
  });

  it("are refused in plain text", () => {
    expect(problemsOf([slack], []).join()).to.match(/secrets for slack-1: pulumi config set --path --secret/);
    expect(problemsOf([slack])).to.deep.equal([]);
  });

  it("are refused with a wrong field, which is not repeated", () => {
    for (const [wrong, expected] of [
      [{ ...slack, token: "xoxp-hidden" }, "token: a bot token: xoxb-…"],
      [{ ...slack, channel: "#general" }, "channel: a channel's ID: C0123456789"],
      [{ ...webhook, endpoint: "http://hooks.example.com" }, "endpoint: an https:// address"],
      [{ ...webhook, endpoint: "https://user:pw@hooks.example.com" }, "endpoint: an https:// address"],
      [{ ...jira, project: "sec" }, "project: a project's key: SEC"],
      [
        { ...pagerduty, routingKey: "hidden" },
        "routingKey: an integration key of the Events API v2: 32 characters",
      ],
    ] as const)
      expect(problemsOf([wrong])).to.deep.equal([`cloudtrailer:subscribers[0].${expected}`]);
    expect(JSON.stringify(checked([{ ...slack, token: "hidden" }]).problems)).not.to.include("hidden");
  });

  it("replace https subscriptions that nobody would confirm", () => {
    for (const [endpoint, instead] of [
      ["https://hooks.slack.com/services/T/B/x", "protocol slack"],
      ["https://x.webhook.office.com/y", "protocol teams"],
      ["https://events.pagerduty.com/v2/enqueue", "protocol pagerduty"],
      ["https://discord.com/api/webhooks/1/x", "protocol webhook"],
    ])
      expect(problemsOf([{ protocol: "https", endpoint }]).join(), endpoint).to.include(String(instead));
    expect(problemsOf([{ protocol: "https", endpoint: "https://alerts.example.com/sns" }])).to.deep.equal([]);
  });

  it("have parts with names that EventBridge takes", () => {
    const bus = "b".repeat(55);
    const names = ["a", "b"].map((letter) => channelPart(bus, { name: letter.repeat(24) }));
    expect(new Set(names).size).to.equal(2);
    for (const name of [...names, channelPart("cloudtrailer-findings-red", { name: "slack-1" })])
      expect(name).to.match(/^[\w.-]{1,64}$/);
    for (const name of names) expect(name, "by which policies know it").to.match(/^b{55}\./);
  });
});
