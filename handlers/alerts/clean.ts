/**
 * What comes from a record is hostile: a user name can hold line breaks that forge lines of an alert, terminal escapes,
 * text that runs backwards, or a link for the person on call to click.
 */

/** Control characters, line and paragraph separators, zero-width and text-direction marks, byte order mark. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const invisible = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g;

/** One line that can be shown: no invisible characters, no links, at most so many characters. */
export function clean(value: unknown, most = 300): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  const line = text.replace(invisible, " ").replace(/:\/\//g, "[:]//");
  return cut(line, most);
}

/** At most so many characters (UTF-16 code units), whole ones, with an ellipsis where something is missing. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(most - 2)) ? most - 2 : most - 1;
  return `${text.slice(0, end)}…`;
}

const secretName =
  /(?:password|passphrase|password_?data|secret|secret_?(?:access_?)?key|secret_?(?:string|binary)|token|private_?key|credentials?|authorization)$/i;

/** Whether a member, or the last step of a path, is named like something that must not be shown. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/**
 * A copy of a value from a record without what looks like a secret: members with such names, secret access keys and
 * private keys in texts. At most four levels deep, since evidence is no place for whole documents.
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
