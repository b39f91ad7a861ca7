import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer-core";

const screenshots = join(__dirname, "../../.local/screenshots");

/** Flags that would hide faults of a page. */
const hiding = ["--disable-web-security", "--allow-running-insecure-content"];

/**
 * Starts headless Chromium: that of `CHROME_PATH`, or else of the npm package, which has one for Linux on x64.
 */
export async function startBrowser(): Promise<Browser> {
  const { default: chromium } = await import("@sparticuz/chromium");
  return puppeteer.launch({
    executablePath: process.env.CHROME_PATH ?? (await chromium.executablePath()),
    args: chromium.args.filter((flag) => !hiding.includes(flag)),
    headless: "shell",
  });
}

/** A page, and what went wrong in it. */
export interface Watched {
  page: Page;
  /** Errors, warnings and refusals of the content security policy. */
  complaints: string[];
  /** URLs of all requests, including that of the page. */
  requests: string[];
}

/** Opens a page and records what it complains about and loads. */
export async function openPage(
  browser: Browser,
  url: string,
  { width = 1_200, scheme = "light" }: { width?: number; scheme?: "light" | "dark" } = {},
): Promise<Watched> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "log") complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width, height: 900 });
  await page.goto(url);
  return { page, complaints, requests };
}

/** Keeps a picture of the page, for people who look at it. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  const { width = 1_200 } = page.viewport() ?? {};
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.screenshot({
    path: join(screenshots, `${name}.png`),
    clip: { x: 0, y: 0, width, height: Math.min(height, 3_000) },
  });
}

/** What is wrong for people who use a keyboard, a screen reader or little contrast, according to axe-core. */
export async function barriersOf(page: Page): Promise<string[]> {
  // Evaluated by the debugger, to which the page's content security policy does not apply.
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ html }) => html)
          .join(" ")}`,
    );
  });
}

/** Whether the page is wider than its window. */
export async function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
