import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fieldsOf, textOf } from "../../../handlers/json";
import { createBuilder } from "../../page/element";
import { htmlOf } from "../../page/frame";
import { baseCss } from "../../page/style";
import { type Attack, attacks } from "./attacks";
import { runInBrowser } from "./client";
import type { Feed } from "./feed";
import { localCss } from "./style";

/** What the page shows and can do. */
export interface PageArgs {
  /** A free one if 0. */
  port: number;
  team: string;
  mode: string;
  region: string;
  feed: Feed;
  /** Makes an attack; resolves when its calls were made. */
  attack(attack: Attack): Promise<void>;
  /** Rolls a fix back, as a person. @throws Error that says what is in the way */
  rollBack(finding: string, why: string): Promise<void>;
}

export interface Page {
  /** `http://127.0.0.1:<port>/` */
  url: string;
  close(): Promise<void>;
}

/** The longest body that the page sends, in bytes. */
const maxBody = 10_000;

/** Between two comments that keep a connection open, in ms. */
const keepAliveMs = 15_000;

/** An answer to a request that changes something. */
interface Answer {
  status: number;
  message: string;
}

/**
 * Serves the page of a stack on this machine, to this machine. Other pages in the same browser can send requests here, too,
 * even under a name of their own that leads to this address: so the Host must be this server's, and whatever changes
 * something must come from this page.
 */
export async function startPage(args: PageArgs): Promise<Page> {
  const html = localPage(args);
  const ends = new Set<() => void>();
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: Error) => {
      reply(response, { status: 500, message: error.message });
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { port } = server.address() as AddressInfo;
    const { host = "" } = request.headers;
    if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`)
      return reply(response, { status: 403, message: "expected the Host of this page, found another one" });
    const path = new URL(request.url ?? "/", `http://${host}`).pathname;
    if (request.method === "GET" && path === "/") return sendPage(response, html);
    if (request.method === "GET" && path === "/events") return follow(request, response);
    if (request.method === "POST") {
      if (request.headers.origin !== `http://${host}`)
        return reply(response, {
          status: 403,
          message: "expected a request of this page, found another origin",
        });
      return reply(response, await changed(path, request));
    }
    reply(response, { status: 404, message: `nothing at ${path}` });
  }

  async function changed(path: string, request: IncomingMessage): Promise<Answer> {
    if (request.headers["content-type"] !== "application/json")
      return { status: 415, message: "expected application/json" };
    const { id, finding, why } = fieldsOf(await bodyOf(request));
    if (path === "/attacks") return attacked(textOf(id));
    if (path === "/rollback") return rolledBack(textOf(finding), textOf(why));
    return { status: 404, message: `nothing at ${path}` };
  }

  async function attacked(id: string | undefined): Promise<Answer> {
    const attack = attacks.find((one) => one.id === id);
    if (attack === undefined) return { status: 404, message: "expected an attack of this page" };
    try {
      await args.attack(attack);
    } catch (error) {
      return { status: 502, message: (error as Error).message };
    }
    return { status: 200, message: `Done: ${attack.title}. CloudTrail delivers in a moment.` };
  }

  async function rolledBack(finding = "", why = ""): Promise<Answer> {
    if (finding === "" || why.trim() === "")
      return { status: 400, message: "expected a finding and a reason" };
    try {
      await args.rollBack(finding, why);
    } catch (error) {
      return { status: 502, message: (error as Error).message };
    }
    return { status: 200, message: "Rolled back; the detector leaves it alone." };
  }

  function follow(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { ...headers, "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(":\n\n");
    const last = Number(request.headers["last-event-id"] ?? 0) || 0;
    const stop = args.feed.follow(last, (event) =>
      response.write(`id: ${event.number}\ndata: ${JSON.stringify(event)}\n\n`),
    );
    const timer = setInterval(() => response.write(":\n\n"), keepAliveMs);
    const end = () => {
      stop();
      clearInterval(timer);
      ends.delete(end);
      response.end();
    };
    ends.add(end);
    request.once("close", end);
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(args.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      for (const end of [...ends]) end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const headers = {
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  // Not possible in the page itself: no other page may frame it and lead somebody's clicks.
  "content-security-policy": "frame-ancestors 'none'",
};

function sendPage(response: ServerResponse, html: string): void {
  response.writeHead(200, {
    ...headers,
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(html);
}

function reply(response: ServerResponse, { status, message }: Answer): void {
  if (!response.headersSent) response.writeHead(status, { ...headers, "content-type": "application/json" });
  response.end(JSON.stringify({ message }));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) {
    text += chunk as string;
    if (text.length > maxBody) throw new Error(`expected at most ${maxBody} bytes`);
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Reported as missing fields.
  }
}

/** The page as it is before anything has happened. */
function localPage({ team, mode, region }: PageArgs): string {
  const builder = createBuilder();
  const { el, document } = builder;
  const button = ({ id, title }: Attack) => el("button", { type: "button", "data-attack": id }, title);
  document.body.append(
    el("a", { class: "skip", href: "#alerts" }, "Skip to the alerts"),
    el(
      "header",
      {},
      el("h1", {}, "cloudtrailer on this machine"),
      el("p", { class: "soft" }, `Team ${team}, mode ${mode}, ${region}`),
      el("p", { id: "status", role: "status" }, "Connecting…"),
    ),
    el(
      "main",
      {},
      el(
        "section",
        { class: "card", "aria-labelledby": "attack" },
        el("h2", { id: "attack" }, "Attack it"),
        el("div", { class: "buttons" }, attacks.map(button)),
      ),
      el(
        "div",
        { class: "columns" },
        el(
          "section",
          { class: "card", "aria-labelledby": "alerts-title" },
          el("h2", { id: "alerts-title" }, "Alerts"),
          el("p", { class: "soft", id: "no-alerts" }, "None yet."),
          el("ul", { id: "alerts", class: "plain" }),
        ),
        el(
          "section",
          { class: "card", "aria-labelledby": "detail-title" },
          el("h2", { id: "detail-title" }, "As it arrives"),
          el(
            "div",
            { id: "detail", "aria-live": "polite" },
            el(
              "p",
              { class: "soft" },
              "Choose an alert to see its e-mail and its SMS, and to roll its fix back.",
            ),
          ),
        ),
      ),
      el(
        "section",
        { class: "card", "aria-labelledby": "events-title" },
        el("h2", { id: "events-title" }, "What happens"),
        el(
          "p",
          { class: "soft" },
          "Calls that change something, log files, alerts, and the second path; newest first.",
        ),
        el(
          "div",
          { class: "log scroll", tabindex: "0", role: "log", "aria-labelledby": "events-title" },
          el("ul", { id: "events", class: "plain" }),
        ),
      ),
    ),
  );
  return htmlOf(builder, {
    title: `cloudtrailer: ${team} on this machine`,
    css: baseCss + localCss,
    script: `(${runInBrowser.toString()})();`,
    callsHome: true,
  });
}
