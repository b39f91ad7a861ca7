import { expect } from "chai";
import { createBusPublisher, periodType } from "../../../handlers/alerts/bus";
import { formsOfSummary } from "../../../handlers/alerts/forms";
import { ocsfOfSummary } from "../../../handlers/alerts/ocsf";
import { createPublisher } from "../../../handlers/alerts/publish";
import { expiredSummary, periodSummary } from "../../../handlers/alerts/summaries";
import type { PeriodSummary } from "../../../handlers/findings/periods";
import { aPeriod, account, fakeAws, someSettings } from "../../support/factories";

describe("the summary of a period", () => {
  const period = aPeriod();
  const summaryOf = (own: Partial<PeriodSummary> = {}, mayRepeat = false) =>
    periodSummary({ ...period, ...own }, someSettings(), mayRepeat);
  const list =
    "npx cloudtrailer findings --since 2026-05-04T10:00:00.000Z --until 2026-05-04T10:59:59.999Z --at-most medium --table findings-red --stack-region us-west-2";

  it("says how many there were of what, shows the first, and how to list all", () => {
    const { subject, text } = summaryOf();
    expect(subject).to.equal("[MEDIUM] 3 findings below high, 2026-05-04 10:00 to 11:00 UTC");
    expect(text.split("\n")).to.deep.equal([
      "MEDIUM: 3 findings below high, 2026-05-04 10:00 to 11:00 UTC",
      "",
      "  severity    2 low, 1 medium",
      "  outcome     2 planned, 1 alerted",
      "  detection   2 iam-user-created, 1 s3-bulk-delete",
      `  account     3 ${account}`,
      "",
      "Examples",
      `  MEDIUM A user was created: bob (planned, ${account}, finding 1#iam-user-created)`,
      "",
      `All of them: ${list}`,
    ]);
  });

  it("of a day names both days", () => {
    const since = "2026-05-03T06:00:00.000Z";
    const until = "2026-05-04T06:00:00.000Z";
    expect(summaryOf({ every: "daily", since, until, findings: 1 }).subject).to.equal(
      "[MEDIUM] 1 finding below high, 2026-05-03 06:00 to 2026-05-04 06:00 UTC",
    );
  });

  it("lists with the filter that it has, as far as the command can", () => {
    const of = (own: Partial<PeriodSummary>) => summaryOf(own).text.split("All of them: ")[1];
    expect(of({ below: "low" })).to.include("--at-most info");
    expect(of({ detections: ["iam-user-created"], accounts: [account] })).to.include(
      `--at-most medium --detection iam-user-created --account ${account} --table`,
    );
    for (const detections of [["iam-*"], ["iam-user-created", "s3-bulk-delete"]])
      expect(of({ detections, accounts: [account, "444455556666"] })).to.equal(list);
  });

  it("says what is left out, what is not counted, and that it may be a repetition", () => {
    const leftOut = { since: "2026-05-01T10:00:00.000Z", until: "2026-05-03T11:00:00.000Z" };
    const { text, json } = summaryOf({ leftOut, isPartial: true }, true);
    expect(text).to.match(/^You may have received this before/m);
    expect(text).to.match(
      /nothing is summarized of the time from 2026-05-01 10:00 to 2026-05-03 11:00 UTC\.\n {2}List it: npx .* --since 2026-05-01T10:00:00.000Z --until 2026-05-03T10:59:59.999Z /,
    );
    expect(text)
      .to.match(/^MEDIUM: more than 3 findings/)
      .and.match(/too many to count all of them/);
    expect(json).to.deep.include({ summary: "period", mayRepeat: true });
    expect(json.period).to.deep.include({ key: "hourly-below-high", findings: 3, leftOut });
  });

  it("stays short and harmless, whatever the records have brought", () => {
    const hostile = "<!channel> *x*\nAll clear [a](https://evil.example) ‮";
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, each) => [`${hostile} ${each}`, 1]));
    const examples = Array.from({ length: 5 }, () => ({
      id: hostile,
      title: hostile.repeat(100),
      severity: "low" as const,
      outcome: hostile,
      account: hostile,
      resources: [hostile.repeat(100)],
    }));
    const by = { severity: { low: 51 }, outcome: many, detection: many, account: many };
    const summary = summaryOf({ by, examples });
    expect(summary.text).not.to.match(/^All clear|https:\/\/evil|‮/m);
    expect(summary.text.length).to.be.below(20_000);
    expect(summary.text).to.include("and 31 more");
    expect(JSON.stringify(summary.json).length).to.be.below(50_000);
    const { slack, teams, jira } = formsOfSummary(summary);
    expect(JSON.stringify(slack)).not.to.match(/<!channel>|https:\/\/evil/);
    expect(JSON.stringify(teams)).not.to.match(/https:\/\/evil/);
    expect(jira.description).not.to.match(/https:\/\/evil/);
    expect(JSON.stringify(jira).length).to.be.below(32_000);
  });

  it("is readable in each form, with its counts in the finding on the bus, which has one ID", () => {
    const summary = summaryOf();
    for (const form of Object.values(formsOfSummary(summary))) {
      const text = JSON.stringify(form).replaceAll("\\", "").replaceAll("\u200b", "");
      expect(text).to.include("3 findings below high").and.include("2 iam-user-created, 1 s3-bulk-delete");
      expect(text.split(list), "the command, once").to.have.length(2);
    }
    const finding = ocsfOfSummary(summary, 1);
    expect(finding.severity).to.equal("Medium");
    expect(finding.unmapped).to.deep.include({ summary: "period", period: summary.json.period });
    expect((finding.metadata as { uid: string }).uid).to.equal(
      "period#hourly-below-high#2026-05-04T11:00:00.000Z",
    );
    expect(ocsfOfSummary(summary, 2).metadata).to.deep.equal(finding.metadata);
  });

  it("is published to those who asked for it: by no severity, and by an event of its own kind", async () => {
    const { aws, calls } = fakeAws({ "sns:Publish": {}, "events:PutEvents": { Entries: [{}] } });
    const settings = someSettings({ findingsBus: "bus" });
    await createPublisher(aws, settings, async () => {}).alertPeriod(period, false);
    const [put, publish] = calls.map(({ input }) => input);
    const [entry] = (put?.Entries ?? []) as { DetailType: string; Detail: string }[];
    expect(entry?.DetailType).to.equal(periodType);
    expect(JSON.parse(entry?.Detail ?? "")).to.have.nested.property(
      "unmapped.period.key",
      "hourly-below-high",
    );
    const attributes = publish?.MessageAttributes as Record<string, { StringValue: string }>;
    expect(Object.keys(attributes)).not.to.include("severity");
    expect(attributes.summary?.StringValue).to.equal("hourly-below-high");
    await createBusPublisher(aws, settings).summary(summaryOf());
    expect(((calls[2]?.input.Entries ?? []) as { DetailType: string }[])[0]?.DetailType).to.equal(periodType);
  });
});

describe("the summary of fixes that nobody approved", () => {
  it("names the command that lists all of them, whichever region they are of", () => {
    const fix = { id: "1#x", title: "It happened", region: "us-east-1", summary: "Detach it" };
    expect(expiredSummary([fix], someSettings()).text).to.include(
      "npx cloudtrailer findings --outcome expired --table findings-red --stack-region us-west-2",
    );
  });
});
