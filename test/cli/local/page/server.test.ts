import { expect } from "chai";
import { request } from "node:http";
import type { Browser } from "puppeteer-core";
import { attacks } from "../../../../cli/local/page/attacks";
import { createFeed } from "../../../../cli/local/page/feed";
import { type Page, startPage } from "../../../../cli/local/page/server";
import { alertOf } from "../../../../handlers/alerts/alert";
import { eventually } from "../../../../local/eventually";
import { barriersOf, keepScreenshot, openPage, overflowOf, startBrowser } from "../../../support/browser";
import { aFinding, aMinuteLater, someSettings } from "../../../support/factories";

const markup = `<img src=x onerror="document.title='owned'">`;
const call = {
  service: "iam",
  operation: "DetachUserPolicy",
  region: "us-east-1",
  input: { UserName: "bob" },
};
const plan = { summary: "Detach it", calls: [call], rollback: [{ ...call, operation: "AttachUserPolicy" }] };
const alert = (title: string) =>
  alertOf(
    {
      finding: aFinding({ title, id: `e-1#${title}` }),
      result: { outcome: "fixed", plan },
      seenAt: aMinuteLater,
    },
    someSettings(),
  );

describe("the page of a stack on this machine", () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  let page: Page;
  let asked: string[];
  let feed: ReturnType<typeof createFeed>;
  let failure: Error | undefined;
  beforeEach(async () => {
    asked = [];
    failure = undefined;
    feed = createFeed(() => Date.parse("2026-05-04T10:00:00Z"));
    page = await startPage({
      port: 0,
      team: "red",
      mode: "fix",
      region: "us-west-2",
      feed,
      async attack({ id }) {
        asked.push(`attack ${id}`);
        if (failure !== undefined) throw failure;
      },
      async rollBack(finding, why) {
        asked.push(`rollback ${finding}: ${why}`);
      },
    });
  });
  afterEach(() => page.close());

  /** A request that a browser would not make itself. */
  function sent(own: { method?: string; path?: string; headers?: Record<string, string>; body?: string }) {
    const { port } = new URL(page.url);
    return new Promise<{ status: number; text: string }>((resolve, reject) => {
      const { method = "GET", path = "/", headers = {}, body } = own;
      const outgoing = request({ host: "127.0.0.1", port, method, path, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      });
      outgoing.on("error", reject).end(body);
    });
  }
  const posted = (path: string, body: string, headers: Record<string, string> = {}) =>
    sent({
      method: "POST",
      path,
      body,
      headers: { origin: page.url.slice(0, -1), "content-type": "application/json", ...headers },
    });

  it("shows what happens, with the mail and the SMS, and rolls a fix back", async () => {
    feed.add("call", `iam:CreateUser by ${markup}`);
    const { page: tab, complaints } = await openPage(browser, page.url);
    feed.add("alert", "CRITICAL FIXED: it", alert(`Policy attached ${markup}`));
    await tab.waitForSelector("#alerts button");
    expect(await tab.evaluate(() => document.querySelectorAll("#events li").length)).to.equal(2);
    await tab.click("#alerts button");
    const detail = await tab.evaluate(() => document.getElementById("detail")?.innerText ?? "");
    expect(detail).to.include("[CRITICAL] FIXED: Policy attached");
    expect(detail).to.include("To roll this back: npx cloudtrailer rollback");
    await tab.type("#why", "it was planned");
    await tab.keyboard.press("Enter");
    await tab.waitForFunction(() =>
      document.getElementById("status")?.textContent?.startsWith("Rolled back"),
    );
    expect(asked).to.deep.equal([`rollback e-1#Policy attached ${markup}: it was planned`]);
    expect(await tab.title()).to.equal("cloudtrailer: red on this machine");
    expect(await tab.evaluate(() => document.querySelectorAll("img").length)).to.equal(0);
    expect(await barriersOf(tab)).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
    await keepScreenshot(tab, "local");
  });

  it("has a button for each attack, and says what went wrong", async () => {
    const { page: tab } = await openPage(browser, page.url, { scheme: "dark" });
    await tab.click("[data-attack=open-port]");
    await eventually("the attack", async () => (asked.length > 0 ? true : undefined));
    expect(asked).to.deep.equal(["attack open-port"]);
    failure = new Error("LimitExceeded: too many");
    await tab.click("[data-attack=root]");
    await tab.waitForFunction(
      () => document.getElementById("status")?.textContent === "That failed: LimitExceeded: too many",
    );
    const ids = await tab.evaluate(() =>
      [...document.querySelectorAll("[data-attack]")].map((one) => one.getAttribute("data-attack")),
    );
    expect(ids).to.deep.equal(attacks.map(({ id }) => id));
    expect(ids.length).to.be.at.least(12);
    expect(await barriersOf(tab)).to.deep.equal([]);
    await keepScreenshot(tab, "local-dark");
  });

  it("fits a narrow window", async () => {
    feed.add("alert", "x", alert("Policy attached"));
    const { page: tab } = await openPage(browser, page.url, { width: 320 });
    await tab.waitForSelector("#alerts button");
    await tab.click("#alerts button");
    expect(await overflowOf(tab)).to.equal(0);
    await keepScreenshot(tab, "local-320");
  });

  it("answers to its own Host only", async () => {
    const { port } = new URL(page.url);
    expect((await sent({ headers: { host: `localhost:${port}` } })).status).to.equal(200);
    for (const host of [
      "evil.example",
      `evil.example:${port}`,
      `127.0.0.1`,
      `127.0.0.1:${port}.evil.example`,
    ])
      for (const path of ["/", "/events"])
        expect((await sent({ path, headers: { host } })).status, host).to.equal(403);
  });

  it("changes nothing for other pages", async () => {
    const body = JSON.stringify({ id: "open-port" });
    for (const origin of ["https://evil.example", "null", "", "http://localhost:1"])
      expect((await posted("/attacks", body, { origin })).status, origin).to.equal(403);
    expect((await posted("/attacks", body, { "content-type": "text/plain" })).status).to.equal(415);
    expect((await sent({ path: "/attacks" })).status).to.equal(404);
    expect(asked).to.deep.equal([]);
    expect((await posted("/attacks", body)).status).to.equal(200);
  });

  it("refuses what it does not know", async () => {
    expect((await posted("/attacks", "{")).status).to.equal(404);
    expect((await posted("/attacks", '{"id":"constructor"}')).status).to.equal(404);
    expect((await posted("/rollback", '{"finding":"e-1#x","why":" "}')).status).to.equal(400);
    expect((await posted("/other", "{}")).status).to.equal(404);
    expect((await posted("/attacks", `"${"x".repeat(20_000)}"`)).status).to.equal(500);
    expect(asked).to.deep.equal([]);
  });

  it("cannot be framed", async () => {
    const response = await fetch(page.url);
    expect(response.headers.get("content-security-policy")).to.equal("frame-ancestors 'none'");
    expect(response.headers.get("cross-origin-resource-policy")).to.equal("same-origin");
  });
});
