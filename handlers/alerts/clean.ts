/**
 * What comes from a record is hostile: a user name can hold line breaks that forge lines of an alert, terminal escapes,
 * text that runs backwards, or a link for the person on call to click.
 */

/**
 * What shows nothing, or makes other text show something else: control and format characters, line and paragraph
 * separators, halves of characters, private and unassigned ones, and letters that are blank.
 */
const invisible =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]/gu;

/**
 * What mail programs make a link of: an address with a scheme, of mail, or of a host by its name, which ends with two
 * letters or with one of the usual words. Names of AWS's services stay readable.
 */
export const linked =
  /:\/\/|@(?=[\w-]+\.)|\bwww\.|(?<=[\p{L}\p{N}-])(?<!\bamazonaws)\.(?!gz\b)(?=(?:[a-z]{2}|app|biz|click|cloud|com|dev|example|info|link|live|net|online|org|page|shop|site|store|tech|test|top|xn--[a-z0-9-]+|xyz|zip)(?![\p{L}\p{N}-]))/giu;

/** One line that can be shown: what is invisible is escaped, nothing is a link; at max so many characters. */
export function clean(value: unknown, max = 300): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  // More than is shown need not be looked at: a record may bring megabytes.
  const line = cut(text, max)
    .replace(invisible, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`)
    .replace(linked, (found) => found.replace(/[:@.]/, "[$&]"));
  return cut(line, max);
}

/** At max so many characters (UTF-16 code units), whole ones, with an ellipsis where something is missing. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(max - 2)) ? max - 2 : max - 1;
  return `${text.slice(0, end)}…`;
}

/** ASCII, at max so many characters: what SNS demands of a subject, and a phone of an SMS. */
export function cutAscii(text: string, max: number): string {
  const line = text.replace(/[^\x20-\x7e]/g, "?");
  return line.length <= max ? line : `${line.slice(0, max - 3)}...`;
}

const secretName =
  /(?:password|passphrase|password_?data|secret|secret_?(?:access_?)?key|secret_?(?:string|binary)|token|private_?key|credentials?|authorization)$/i;

/** Whether a member, or the last step of a path, is named like something that must not be shown. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/**
 * A copy of a value from a record without what looks like a secret: members with such names, secret access keys and
 * private keys in texts. At max four levels deep, since evidence is no place for whole documents.
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
