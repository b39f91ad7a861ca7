import type { Call } from "../aws/call";

/** Options that the CLI calls otherwise than the API's member. Source: awscli/customizations/argrename.py */
const renamed: Record<string, string> = { "ec2 no-egress": "ingress" };

/**
 * One call as a line for a POSIX shell with the AWS CLI. Every value is quoted, so that nothing which came from a
 * record is run by the shell that a person pastes it into.
 */
export function commandLineOf(call: Call): string {
  const words = [
    "aws",
    call.service === "s3" ? "s3api" : call.service,
    kebab(call.operation),
    "--region",
    quoted(call.region),
  ];
  for (const [member, value] of Object.entries(call.input)) {
    if (value === undefined || value === null) continue;
    const option = kebab(member);
    if (typeof value === "boolean") {
      const flag = value ? option : `no-${option}`;
      words.push(`--${renamed[`${call.service} ${flag}`] ?? flag}`);
    } else if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string"))
      words.push(`--${option}`, ...value.map(quoted));
    else words.push(`--${option}`, quoted(typeof value === "object" ? JSON.stringify(value) : String(value)));
  }
  return words.join(" ");
}

/** `SecurityGroupRuleIds` → `security-group-rule-ids`, `CreateDBInstance` → `create-db-instance`: the CLI's rule. */
function kebab(name: string): string {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase();
}

/** Single quotes keep everything but themselves from the shell. A word that begins with `-` would be an option. */
export function quoted(word: string): string {
  if (/^[A-Za-z0-9_/:=.,@%+][A-Za-z0-9_/:=.,@%+-]*$/.test(word)) return word;
  // Line breaks and terminal escapes as $'…' escapes, so that the line stays one line.
  if (/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]/.test(word)) {
    const escaped = word
      .replace(/[\\']/g, "\\$&")
      .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]/g, (character) => {
        return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
      });
    return `$'${escaped}'`;
  }
  return `'${word.replace(/'/g, "'\\''")}'`;
}
