import { expect } from "chai";
import { detailOf } from "../../handlers/alerts/bus";
import { alertOf } from "../../handlers/alerts/alert";
import type { formsOf } from "../../handlers/alerts/forms";
import { detections as catalogue } from "../../handlers/detections/index";
import { type Channel, channelPart, channelPattern } from "../../infra/channels";
import { checkConfig } from "../../infra/config";
import {
  chatName,
  type ChatRoom,
  isChat,
  maxCommand,
  roomTemplate,
  roomTransformer,
} from "../../infra/chat-rooms";
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

describe("chat rooms of Amazon Q", () => {
  const inSlack = {
    protocol: "chat",
    name: "security",
    slackTeam: "T0123456789",
    slackChannel: "C0123456789",
  };
  const uuid = "0f0e0d0c-0000-4000-8000-000000000001";
  const inTeams = {
    protocol: "chat",
    teamsTeam: uuid,
    teamsTenant: uuid,
    teamsChannel: "19:abc_DEF-1@thread.tacv2",
  };
  const approvers = '["arn:aws:sts::111122223333:assumed-role/cloudtrailer-chat-red--security/*"]';
  const checkedWith = (subscribers: object[], more: Record<string, string> = {}) =>
    checkConfig(
      {
        project: "cloudtrailer",
        values: {
          "cloudtrailer:team": "red",
          "cloudtrailer:subscribers": JSON.stringify(subscribers),
          ...more,
        },
        secrets: [],
      },
      { now: 0, catalogue },
    );
  const roomsOf = (...given: object[]) => {
    const { config: found, problems } = checkedWith(given, { "cloudtrailer:approvers": approvers });
    expect(problems).to.deep.equal([]);
    return (found?.subscribers ?? []).filter(isChat);
  };
  const topicArn = "arn:aws:sns:us-west-2:111122223333:cloudtrailer-chat-red--security";
  const parts = {
    name: "cloudtrailer-chat-red--security",
    topicArn,
    roleArn: "arn:aws:iam::111122223333:role/cloudtrailer-chat-red--security",
    policyArn: "arn:aws:iam::111122223333:policy/cloudtrailer-chat-red--security",
  };

  it("need no secret, and have no buttons unless asked for", () => {
    const [slackRoom, teamsRoom] = roomsOf(inSlack, {
      ...inTeams,
      minimumSeverity: "high",
      summary: "daily",
    });
    expect(slackRoom).to.deep.include({ name: "security", buttons: false, minimumSeverity: "info" });
    expect(teamsRoom).to.deep.include({ name: "chat-1", minimumSeverity: "high", summary: "daily" });
    expect(teamsRoom?.where).to.deep.equal({
      teamsTeam: uuid,
      teamsTenant: uuid,
      teamsChannel: "19%3Aabc_DEF-1%40thread.tacv2",
    });
  });

  it("are refused with a wrong or missing field", () => {
    for (const [wrong, key] of [
      [{ ...inSlack, slackTeam: "acme" }, "slackTeam"],
      [{ ...inSlack, slackChannel: "#security" }, "slackChannel"],
      [{ protocol: "chat", slackTeam: "T0123456789" }, "slackChannel"],
      [{ ...inTeams, teamsTenant: "acme" }, "teamsTenant"],
      [{ ...inTeams, teamsChannel: "general" }, "teamsChannel"],
      [{ ...inSlack, buttons: "yes" }, "buttons"],
      [{ ...inSlack, token: "xoxb-1" }, "token"],
    ] as const)
      expect(checkedWith([wrong]).problems.map((problem) => problem.key)).to.deep.equal([
        `cloudtrailer:subscribers[0].${key}`,
      ]);
  });

  it("have buttons only where their role is listed as an approver, and say with which line", () => {
    const withButtons = { ...inSlack, buttons: true };
    const [problem] = checkedWith([withButtons]).problems;
    expect(problem?.key).to.equal("cloudtrailer:approvers");
    expect(problem?.expected).to.include(
      "arn:aws:sts::ACCOUNT:assumed-role/cloudtrailer-chat-red--security/*",
    );
    const problems = (pattern: string) =>
      checkedWith([withButtons], { "cloudtrailer:approvers": JSON.stringify([pattern]) }).problems;
    for (const pattern of [
      "arn:aws:sts::111122223333:assumed-role/cloudtrailer-chat-red--security/*",
      "arn:aws:sts::*:assumed-role/cloudtrailer-chat-*",
      "arn:aws-us-gov:sts::111122223333:assumed-role/cloudtrailer-chat-red--security/chatbot-*",
    ])
      expect(problems(pattern), pattern).to.deep.equal([]);
    for (const pattern of [
      "arn:aws:sts::111122223333:assumed-role/Security/*",
      "arn:aws:iam::111122223333:role/cloudtrailer-chat-red--security",
    ])
      expect(problems(pattern), pattern).to.have.length(1);
  });

  it("get the form for Amazon Q, with the room's own topic where it has buttons", () => {
    const [plain, buttoned] = roomsOf(inSlack, { ...inSlack, name: "other", buttons: false }).map((room) => ({
      ...room,
      buttons: room.name === "other",
    }));
    const filled = (room: typeof plain) =>
      filledIn({ transformer: roomTransformer(room ?? { buttons: false }, topicArn) } as Channel);
    expect(filled(plain)).to.have.nested.property("metadata.additionalContext.Waits", "no");
    const whole = filled(buttoned) as ReturnType<typeof formsOf>["chat"];
    const { chat } = (detail as { unmapped: { forms: ReturnType<typeof formsOf> } }).unmapped.forms;
    expect(whole.content).to.deep.equal(chat.content);
    expect(whole.metadata).to.deep.equal({
      ...chat.metadata,
      additionalContext: { ...chat.metadata.additionalContext, Topic: topicArn, Region: "us-west-2" },
    });
  });

  it("are set up with a guardrail, and two buttons that one command is enough for", () => {
    const [room] = roomsOf({ ...inSlack, buttons: true });
    const { Resources } = roomTemplate(room as ChatRoom, parts) as {
      Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
    };
    expect(Object.keys(Resources)).to.deep.equal(["Approve", "Deny", "Room"]);
    expect(Resources.Room?.Properties).to.deep.include({
      ConfigurationName: parts.name,
      SlackWorkspaceId: "T0123456789",
      IamRoleArn: parts.roleArn,
      GuardrailPolicies: [parts.policyArn],
      SnsTopicArns: [topicArn],
      UserRoleRequired: false,
    });
    for (const action of ["Approve", "Deny"]) {
      const { Definition, Attachments } = Resources[action]?.Properties as {
        Definition: { CommandText: string };
        Attachments: { Variables: Record<string, string> }[];
      };
      expect(Definition.CommandText.length).to.be.at.most(maxCommand);
      const used = [...Definition.CommandText.matchAll(/\$(\w+)/g)].map(([, variable]) => variable);
      expect(Object.keys(Attachments[0]?.Variables ?? {})).to.include.members(used);
      expect(Attachments[0]?.Variables.Say).to.equal(`event.metadata.additionalContext.${action}`);
    }
    const bare = roomTemplate({ ...(room as ChatRoom), buttons: false }, parts);
    expect(Object.keys((bare as { Resources: object }).Resources)).to.deep.equal(["Room"]);
    expect(JSON.stringify(bare)).not.to.include("Customization");
  });

  it("have names that AWS takes, which differ, and by which policies know them", () => {
    const base = `cloudtrailer-chat-${"a".repeat(32)}`;
    const names = ["x".repeat(24), "y".repeat(24), "z"].map((name) => chatName(base, { name }));
    expect(new Set(names).size).to.equal(3);
    for (const name of names) expect(`${name}-yes`).to.match(/^[A-Za-z][A-Za-z0-9-]{0,63}$/);
    for (const name of names) expect(name.startsWith(`${base}--`)).to.equal(true);
    expect(chatName("cloudtrailer-chat-red", { name: "security" })).to.equal(parts.name);
  });
});
