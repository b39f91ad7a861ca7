import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "puppeteer-core";
import { createReportModel, type ReportedFinding } from "../../../cli/report/model";
import { type About, pageOf } from "../../../cli/report/page";
import { barriersOf, keepScreenshot, openPage, overflowOf, startBrowser } from "../../support/browser";

const attack = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
const outcomes = ["fixed", "planned", "alerted", "refused", "failed", "already-ok", "unfinished"];
const severities = ["critical", "high", "medium", "low", "info"] as const;

/** Findings of all kinds, with names that are markup. */
function someFindings(count = 80): ReportedFinding[] {
  return Array.from({ length: count }, (_, index) => {
    const at = Date.parse("2026-05-04T10:00:00Z") + index * 9_000_000;
    const outcome = outcomes[index % outcomes.length] as string;
    return {
      id: `0a1b2c3d-0000-4000-8000-${String(index).padStart(12, "0")}#ec2-sg-open-to-world`,
      detection: ["ec2-sg-open-to-world", "iam-user-created", "cloudtrail-logging-stopped"][
        index % 3
      ] as string,
      title: index % 10 === 0 ? `Title ${attack}` : "Security group opened to the internet",
      severity: severities[index % severities.length] as (typeof severities)[number],
      account: "111122223333",
      region: index % 2 === 0 ? "us-east-1" : "eu-west-1",
      actor: index % 4 === 0 ? attack : `arn:aws:sts::111122223333:assumed-role/deploy/run-${index}`,
      event: "ec2:AuthorizeSecurityGroupIngress",
      eventTime: new Date(at).toISOString().replace(".000", ""),
      resources: [{ type: "AWS::EC2::SecurityGroup", id: index % 5 === 0 ? `"onclick=${attack}` : "sg-1" }],
      source: index % 3 === 0 ? "s3://bucket/key" : "eventbridge",
      outcome,
      decidedAt: new Date(at + 1_000 * [2, 9, 45, 250, 700, 5_000][index % 6]!).toISOString(),
      ...(outcome === "fixed" || outcome === "planned" ? { summary: `Revoke it ${attack}` } : {}),
      ...(outcome === "refused" ? { reason: attack } : {}),
      ...(index === 7 ? { rolledBack: { at: "2026-05-05T10:00:00Z", by: attack, why: attack } } : {}),
    };
  });
}

const about: About = {
  title: "Findings in findings-red",
  scope: "First seen since 2026-05-04 00:00",
  now: Date.parse("2026-05-20T10:00:00Z"),
  exceptions: [
    { detection: "iam-*", principal: attack, reason: attack, owner: "ops", until: "2026-06-01" },
    { detection: "*", account: "111122223333", reason: "drill", owner: "ops", until: "2026-05-01" },
  ],
};

function htmlOf(findings: ReportedFinding[], own: Partial<About> = {}): string {
  const report = createReportModel();
  for (const finding of findings) report.add(finding);
  return pageOf(report.model(), { ...about, ...own });
}

describe("the report as a page", () => {
  let browser: Browser;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "cloudtrailer-page-"));
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  const opened = (html: string, options: Parameters<typeof openPage>[2] = {}) => {
    const file = join(folder, "report.html");
    writeFileSync(file, html);
    return openPage(browser, pathToFileURL(file).href, options);
  };
  const textOf = (html: string) => html.replace(/<style>[^]*?<\/style>/g, "").replace(/<[^>]+>/g, " ");

  for (const scheme of ["light", "dark"] as const)
    it(`runs nothing, loads nothing and has no barrier, ${scheme}`, async () => {
      const { page, complaints, requests } = await opened(htmlOf(someFindings()), { scheme });
      expect(await page.title()).to.equal("Findings in findings-red");
      expect(await page.evaluate(() => document.querySelectorAll("img, script").length)).to.equal(0);
      expect(requests.filter((url) => !url.startsWith("file:"))).to.deep.equal([]);
      expect(requests).to.have.length(1);
      expect(await barriersOf(page)).to.deep.equal([]);
      expect(complaints).to.deep.equal([]);
      await keepScreenshot(page, `report-${scheme}`);
    });

  it("shows markup from a record as text", async () => {
    const { page } = await opened(htmlOf(someFindings()));
    const text = await page.evaluate(() => document.body.innerText);
    expect(text).to.include('<img src=x onerror="document');
  });

  it("is colored as a picture, not black, under its own policy", async () => {
    const { page } = await opened(htmlOf(someFindings()));
    const fills = await page.evaluate(() =>
      [...document.querySelectorAll("figure svg rect")].map((one) => getComputedStyle(one).fill),
    );
    expect(new Set(fills).size).to.be.greaterThan(8);
    expect(fills).not.to.include("rgb(0, 0, 0)");
  });

  it("fits narrow windows and paper", async () => {
    for (const width of [320, 768]) {
      const { page } = await opened(htmlOf(someFindings()), { width });
      expect(await overflowOf(page), `${width}`).to.equal(0);
      await keepScreenshot(page, `report-${width}`);
    }
    const { page } = await opened(htmlOf(someFindings()), { scheme: "dark" });
    await page.emulateMediaType("print");
    const back = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(back).to.equal("rgb(255, 255, 255)");
    await keepScreenshot(page, "report-print");
  });

  it("can be used with the keyboard", async () => {
    const { page } = await opened(htmlOf(someFindings()));
    await page.keyboard.press("Tab");
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    expect(await focused()).to.equal("Skip to the report");
    for (let tabs = 0; tabs < 5 && (await focused()) !== "As a table"; tabs++)
      await page.keyboard.press("Tab");
    expect(await focused()).to.equal("As a table");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.querySelector("details")?.open)).to.equal(true);
  });

  it("answers what happened, what was fixed, how long it was open, and what would be fixed", () => {
    const text = textOf(htmlOf(someFindings()));
    for (const heading of [
      "What happened",
      "What was done about it",
      "How long it was open",
      "What would have been fixed",
      "What was not fixed, and why",
      "Fixes that people rolled back",
      "Actors",
      "Accounts and regions",
      "Noise",
      "Exceptions",
      "Findings",
    ])
      expect(text).to.include(heading);
    expect(text).to.include("role/deploy");
    expect(text).to.match(/2026-05-01\s+has ended/);
    expect(text).to.match(/2026-06-01\s+11 days/);
  });

  it("leaves out what a replay cannot know", async () => {
    const replayed = someFindings(5).map(
      ({ outcome: _, decidedAt: _d, reason: _r, summary: _s, rolledBack: _b, ...one }) => one,
    );
    const report = createReportModel();
    for (const finding of replayed) report.add(finding);
    const { title, scope, now } = about;
    const text = textOf(pageOf(report.model(), { title, scope, now }));
    expect(text).to.include("What was found");
    expect(text).not.to.match(/fixed|Outcome|Exceptions/);
  });

  it("is a page even without findings", async () => {
    const { page, complaints } = await opened(htmlOf([]));
    expect(await barriersOf(page)).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
    expect(await page.evaluate(() => document.querySelector("dd")?.textContent)).to.equal("0");
  });
});
