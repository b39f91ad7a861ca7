import { expect } from "chai";
import fc from "fast-check";
import Ajv from "ajv";
import {
  chatText,
  formsOf,
  formsOfSummary,
  markdownText,
  slackText,
  wikiText,
} from "../../../handlers/alerts/forms";
import { answerIn } from "../../../handlers/findings/chat-answer";
import { hashOfCalls } from "../../../handlers/findings/person-request";
import { openedSummary, periodSummary, trialSummary } from "../../../handlers/alerts/summaries";
import { anAlert } from "../../support/alert";
import { aFinding, aPeriod, someSettings } from "../../support/factories";

describe("the forms of an alert", () => {
  it("say first what happened and whether it is fixed", () => {
    const { slack, teams, jira, pagerduty } = formsOf(anAlert());
    expect(slack.text).to.equal("CRITICAL FIXED: Administrator policy attached to a user");
    expect(JSON.stringify(teams)).to.include("CRITICAL FIXED: Administrator policy attached to a user");
    expect(jira.summary).to.equal("CRITICAL FIXED: Administrator policy attached to a user");
    expect(pagerduty.payload.summary).to.equal(jira.summary);
    for (const form of Object.values(formsOf(anAlert({ outcome: "planned" }))))
      expect(JSON.stringify(form)).to.include("NOT FIXED, only planned");
  });

  it("have the facts, the next steps and the rollback", () => {
    for (const form of Object.values(formsOf(anAlert()))) {
      const text = JSON.stringify(form).replaceAll("\\", "").replaceAll("\u200b", "");
      for (const part of [
        "iam:AttachUserPolicy",
        "user/mallory",
        "bob",
        "Ask mallory",
        "npx cloudtrailer rollback",
      ])
        expect(text).to.include(part);
    }
  });

  it("have the lines to decide with about a fix that waits, which for a delayed one begin with the no", () => {
    const commandsIn = (outcome: "delayed" | "awaiting-approval") =>
      Object.values(formsOf(anAlert({ outcome, fixAt: "2026-05-04T11:00:00.000Z" }))).map((form) => {
        const text = JSON.stringify(form).replaceAll("\\", "").replaceAll("\u200b", "");
        if (outcome === "delayed")
          expect(text).to.include("NOT FIXED YET, will be fixed at 2026-05-04 11:00 UTC");
        return [...text.matchAll(/npx cloudtrailer (\w+)/g)].map(([, verb]) => verb);
      });
    for (const verbs of commandsIn("delayed")) expect(verbs).to.deep.equal(["deny", "approve"]);
    for (const verbs of commandsIn("awaiting-approval")) expect(verbs).to.deep.equal(["approve", "deny"]);
  });

  it("are keyed by the finding, and understood by PagerDuty", () => {
    const { pagerduty } = formsOf(anAlert());
    expect(pagerduty).to.deep.include({ event_action: "trigger", dedup_key: anAlert().id });
    for (const severity of ["critical", "high", "medium", "low", "info"] as const)
      expect(formsOf(anAlert({ severity })).pagerduty.payload.severity).to.be.oneOf([
        "critical",
        "error",
        "warning",
        "info",
      ]);
  });

  it("let no name from a record format, mention or link", () => {
    const hostile = "<!channel> *bold* [x](https://evil.example) {code} !img! <@U123> `rm` h1. |a| &lt;";
    const finding = aFinding({ title: hostile });
    finding.match.resources = [{ type: "AWS::IAM::User", id: hostile }];
    const { slack, teams, jira } = formsOf(anAlert({ reason: hostile }, finding));
    const inSlack = JSON.stringify(slack);
    expect(inSlack).not.to.match(/<!channel>|<@U123>|\*bold\*/);
    expect(inSlack).to.include("&lt;!channel&gt;");
    expect(JSON.stringify(teams)).not.to.match(/[^\\]\[x[^\\]*\]\(/);
    expect(jira.description).not.to.match(/(?<!\\)(?:\{code|!img!|\[x)/);
    for (const form of [slack, teams, jira])
      expect(JSON.stringify(form)).not.to.include("https://evil.example");
  });

  it("escape every mark of each markup", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(slackText(text)).not.to.match(/[<>]|&(?!amp;|lt;|gt;)|[*_~`](?!\u200b)/);
        expect(markdownText(text)).not.to.match(/(?<!\\)(?:\\\\)*[*_`[\]<>#|]/);
        expect(wikiText(text)).not.to.match(/(?<!\\)(?:\\\\)*[*_{}[\]|!<>]/);
      }),
    );
  });

  it("stay within what each takes, whatever the record", () => {
    const finding = aFinding({ title: "t".repeat(10_000) });
    finding.match.resources = Array.from({ length: 50 }, () => ({ type: "x", id: "r".repeat(5_000) }));
    const { slack, jira, pagerduty, teams } = formsOf(anAlert({ reason: "w".repeat(50_000) }, finding));
    expect(jira.summary.length).to.be.at.most(255);
    expect(String(pagerduty.payload.summary).length).to.be.at.most(1_024);
    expect(JSON.stringify(teams).length).to.be.below(25_000);
    const [{ blocks }] = slack.attachments as [{ blocks: { text?: { text: string } }[] }];
    for (const { text } of blocks) if (text !== undefined) expect(text.text.length).to.be.at.most(3_000);
  });

  it("exist for an alert about more than one finding", () => {
    const opened = openedSummary({ detection: "iam-user-created", max: 10 }, someSettings());
    const { slack, jira } = formsOfSummary(opened);
    expect(slack.text).to.match(/^CRITICAL NOT FIXED/);
    expect(slack.text).to.include("NOT FIXED from now on");
    expect(jira.labels).to.deep.equal(["cloudtrailer", "iam-user-created"]);
  });
});

/**
 * The event schema of custom notifications: https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html. Lengths are
 * ours, and none is above what Slack and Teams show.
 */
const texts = (maxLength: number, maxItems: number) => ({
  type: "array",
  maxItems,
  items: { type: "string", minLength: 1, maxLength },
});
const customNotification = {
  type: "object",
  additionalProperties: false,
  required: ["version", "source", "content"],
  properties: {
    version: { const: "1.0" },
    source: { const: "custom" },
    id: { type: "string", minLength: 1, maxLength: 255 },
    content: {
      type: "object",
      additionalProperties: false,
      required: ["description"],
      properties: {
        textType: { const: "client-markdown" },
        title: { type: "string", minLength: 1, maxLength: 250 },
        description: { type: "string", minLength: 1, maxLength: 4_000 },
        nextSteps: texts(300, 20),
        keywords: texts(75, 10),
      },
    },
    metadata: {
      type: "object",
      additionalProperties: false,
      properties: {
        threadId: { type: "string", minLength: 1, maxLength: 255 },
        summary: { type: "string", minLength: 1, maxLength: 250 },
        eventType: { type: "string", minLength: 1, maxLength: 255 },
        relatedResources: texts(300, 10),
        additionalContext: { type: "object", additionalProperties: { type: "string", minLength: 1 } },
      },
    },
  },
};

describe("the form for Amazon Q", () => {
  const validate = new Ajv({ allErrors: true }).compile(customNotification);
  const checked = (form: unknown) => {
    expect(validate(form), JSON.stringify(validate.errors)).to.equal(true);
    return form;
  };

  it("is a custom notification that its schema accepts, whatever the outcome, and of summaries too", () => {
    for (const outcome of ["fixed", "planned", "awaiting-approval", "delayed", "failed", "alerted"] as const)
      checked(formsOf(anAlert({ outcome })).chat);
    checked(formsOfSummary(openedSummary({ detection: "iam-user-created", max: 10 }, someSettings())).chat);
    checked(formsOfSummary(trialSummary("t-1", "test", someSettings())).chat);
    checked(formsOfSummary(periodSummary(aPeriod(), someSettings())).chat);
  });

  it("is checked by a schema that rejects what is wrong", () => {
    const { chat } = formsOf(anAlert());
    for (const wrong of [
      { ...chat, version: "1.1" },
      { ...chat, more: 1 },
      { ...chat, content: { ...chat.content, description: "" } },
      { ...chat, content: { ...chat.content, title: "x".repeat(251) } },
      { ...chat, metadata: { ...chat.metadata, additionalContext: { Waits: true } } },
    ])
      expect(validate(wrong)).to.equal(false);
  });

  it("says first whether it is fixed, and threads what repeats", () => {
    const fixed = formsOf(anAlert()).chat;
    const planned = formsOf(anAlert({ outcome: "planned" })).chat;
    expect(fixed.content.title).to.equal("CRITICAL FIXED: Administrator policy attached to a user");
    expect(planned.content.title).to.match(/^CRITICAL NOT FIXED/);
    expect(planned.metadata.threadId).to.equal(fixed.metadata.threadId);
    expect(planned.metadata.threadId).to.equal(anAlert().id);
    expect(planned.id).not.to.equal(fixed.id);
  });

  it("has what the buttons say only while a fix waits", () => {
    for (const outcome of ["awaiting-approval", "delayed"] as const) {
      const alert = anAlert({ outcome });
      const { Waits, Approve, Deny } = formsOf(alert).chat.metadata.additionalContext;
      expect(Waits).to.equal("yes");
      const calls = (alert.done?.calls ?? []).map(({ commandLine: _, ...call }) => call);
      const about = { plan: hashOfCalls(calls), finding: alert.id };
      expect(answerIn(Approve)).to.deep.equal({ verb: "approve", ...about });
      expect(answerIn(Deny)).to.deep.equal({ verb: "deny", ...about });
    }
    for (const outcome of ["fixed", "planned", "rejected", "expired"] as const)
      expect(formsOf(anAlert({ outcome })).chat.metadata.additionalContext).to.deep.equal({
        Waits: "no",
        Approve: "none",
        Deny: "none",
      });
    const long = aFinding({ id: `${"e".repeat(200)}#x` });
    expect(formsOf(anAlert({ outcome: "delayed" }, long)).chat.metadata.additionalContext.Waits).to.equal(
      "no",
    );
  });

  it("lets no name from a record mention, format or link, on Slack or Teams", () => {
    const hostile = "<!channel> @here @channel <@U123> *bold* [x](https://evil.example) [x]: evil `rm` &lt;";
    const finding = aFinding({ title: hostile });
    finding.match.resources = [{ type: "AWS::IAM::User", id: hostile }];
    const form = checked(formsOf(anAlert({ reason: hostile }, finding)).chat);
    const text = JSON.stringify(form);
    expect(text).not.to.match(/<!channel>|<@|@(?:here|channel|U123)|\*bold\*|\]\(|\]:|`rm`|evil\.example/);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        expect(chatText(name)).not.to.match(/[<>]|&(?!amp;|lt;|gt;)|[*_~`@](?!\u200b)|\][([:]/);
      }),
    );
  });

  it("stays within its schema, whatever the record", () => {
    for (const filler of ["x", "&", "<@", "_", "😀", "\u202e"]) {
      const finding = aFinding({ title: filler.repeat(5_000) });
      finding.match.resources = Array.from({ length: 50 }, () => ({ type: "x", id: filler.repeat(2_000) }));
      checked(formsOf(anAlert({ outcome: "delayed", reason: filler.repeat(20_000) }, finding)).chat);
    }
  });
});
