import { isSecretName } from "../../handlers/alerts/clean";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";

/** Stands for what was taken out. */
const hidden = "HIDDEN";

/** Texts that are secrets wherever they stand: private keys, and what looks like a secret access key. */
const secretTexts = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g,
  /(?<![A-Za-z0-9/+=:_-])(?=[A-Za-z0-9/+]*[0-9])(?=[A-Za-z0-9/+]*[a-z])(?=[A-Za-z0-9/+]*[A-Z])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
];

/** An access key id says whose key it was; its first letters, of which kind. */
const accessKeyId = /\b(AKIA|ASIA|ABIA)[A-Z0-9]{16}\b/g;

/** Members that hold a session's token or the like, besides those that {@link isSecretName} knows. */
const tokens = /^(?:sessionToken|securityToken|authorizationToken|credential|x-amz-security-token)$/i;

/**
 * A record that may stand in a repository: what is named like a secret, looks like one, or identifies a key is taken out. All
 * else stays, since an example is to be like the real thing.
 */
export function redacted(record: CloudTrailRecord): CloudTrailRecord {
  return withoutSecrets(record) as CloudTrailRecord;
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string") {
    const text = secretTexts.reduce((left, pattern) => left.replace(pattern, hidden), value);
    return text.replace(accessKeyId, "$1EXAMPLE000000000");
  }
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      isSecret(name, member) ? hidden : withoutSecrets(member),
    ]),
  );
}

function isSecret(name: string, value: unknown): boolean {
  return typeof value === "string" && (isSecretName(name) || tokens.test(name)) && value !== "";
}
