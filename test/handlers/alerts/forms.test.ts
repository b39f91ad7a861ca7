import { expect } from "chai";
import fc from "fast-check";
import { formsOf, formsOfSummary, markdownText, slackText, wikiText } from "../../../handlers/alerts/forms";
import { openedSummary } from "../../../handlers/alerts/summaries";
import { anAlert } from "../../support/alert";
import { aFinding, someSettings } from "../../support/factories";

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
