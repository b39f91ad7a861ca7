import { visible } from "../visible";

/**
 * Text from a record is hostile: a user name can contain line breaks that forge lines of an alert, terminal escapes,
 * right-to-left overrides, or a link for the person on call to click.
 */

/**
 * What mail programs turn into a link: a URL with a scheme, an e-mail address, or a host name that ends in two letters or a
 * common top-level domain. Host names of AWS services stay readable.
 */
const commonLinks =
  /:\/\/|@(?=[\w-]+\.)|\bwww\.|(?<=[\p{L}\p{N}-])(?<!(?<![\p{L}\p{N}-])amazonaws(?=\.com(?![\p{L}\p{N}-])))[.。．｡](?!gz\b)(?=(?:\p{L}{2}|app|biz|click|cloud|com|dev|example|info|link|live|net|online|org|page|shop|site|store|tech|test|top|xn--[a-z0-9-]+|xyz|zip)(?![\p{L}\p{N}-]))/giu;

/**
 * Host names with any other top-level domain, of which there are more than a thousand: whatever ends in letters might be one,
 * except the usual endings of file names.
 */
const otherHosts =
  /(?<=[\p{L}\p{N}-])(?<!(?<![\p{L}\p{N}-])amazonaws(?=\.com(?![\p{L}\p{N}-])))[.。．｡](?=\p{L}{3,24}(?![\p{L}\p{N}_-]|[.。．｡][\p{L}\p{N}]))(?!(?:csv|exe|html|jpeg|json|jsonl|log|pdf|txt|xml|yaml|yml)(?!\p{L}))/giu;

/**
 * A text in which nothing becomes a link.
 *
 * @param escaped what a colon, dot or at sign is replaced with
 * @param isPath whether it is the path of a parameter, whose names would be taken for top-level domains
 */
export function unlinked(text: string, escaped: (character: string) => string, isPath = false): string {
  const escape = (found: string) => found.replace(/[:@.。．｡]/, escaped);
  const line = text.replace(commonLinks, escape);
  return isPath ? line : line.replace(otherHosts, escape);
}

/** One line that is safe to show: invisible characters are escaped, and nothing becomes a link. At most `max` characters. */
export function clean(value: unknown, max = 300, isPath = false): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  // Cut first: a record may bring megabytes.
  return cut(
    unlinked(visible(cut(text, max)), (character) => `[${character}]`, isPath),
    max,
  );
}

/** Cuts to at most `max` UTF-16 code units, between whole characters, and marks the cut with an ellipsis. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(max - 2)) ? max - 2 : max - 1;
  return `${text.slice(0, end)}…`;
}

/** Cuts to at most `max` ASCII characters, as SNS requires of a subject and phones of an SMS. */
export function cutAscii(text: string, max: number): string {
  const line = text.replace(/[^\x20-\x7e]/g, "?");
  return line.length <= max ? line : `${line.slice(0, max - 3)}...`;
}

const secretName =
  /(?:password|passphrase|password_?data|secret|secret_?(?:access_?)?key|secret_?(?:string|binary)|token|private_?key|credentials?|authorization)$/i;

/** Whether a member's name, or the end of a path, suggests a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/**
 * A copy of a value from a record without anything that looks like a secret: members with such names, and secret access
 * keys and private keys in text. At most four levels deep, because evidence is not the place for whole documents.
 */
export function withoutSecrets(value: unknown, depth = 4): unknown {
  if (typeof value === "string")
    return value
      .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g, "<hidden>")
      .replace(
        /(?<![A-Za-z0-9/+=:_-])(?=[A-Za-z0-9/+]*[0-9])(?=[A-Za-z0-9/+]*[a-z])(?=[A-Za-z0-9/+]*[A-Z])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
        "<hidden>",
      );
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "…";
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => withoutSecrets(item, depth - 1));
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value).slice(0, 50))
    copy[name] =
      isSecretName(name) && typeof member === "string" ? "<hidden>" : withoutSecrets(member, depth - 1);
  return copy;
}
