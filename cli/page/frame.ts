import { createHash } from "node:crypto";
import type { Builder } from "./element";

/** The parts of a page that are not its content. */
export interface Frame {
  title: string;
  css: string;
  /** Own code; without it, the page runs none. */
  script?: string;
  /** Whether the script may call the server that the page came from. */
  callsHome?: true;
}

/**
 * The HTML of a page in one file. Its content security policy admits nothing but its own style and script: even markup that
 * got in from a record could load and run nothing.
 */
export function htmlOf({ document, el }: Builder, { title, css, script, callsHome }: Frame): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(css)}'`,
    ...(script === undefined ? [] : [`script-src '${hashOf(script)}'`]),
    ...(callsHome ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  document.head.append(
    el("meta", { charset: "utf-8" }),
    el("meta", { "http-equiv": "Content-Security-Policy", content: policy }),
    el("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    el("meta", { name: "referrer", content: "no-referrer" }),
    el("title", {}, title),
  );
  const style = document.createElement("style");
  style.append(document.createTextNode(css));
  document.head.append(style);
  if (script !== undefined) {
    const element = document.createElement("script");
    element.append(document.createTextNode(script));
    document.body.append(element);
  }
  return `${document.toString()}\n`;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
