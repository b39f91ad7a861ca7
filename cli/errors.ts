import { visible } from "../handlers/visible";
import { isUsageError } from "./verb";

/** What to do about errors that the AWS SDK throws before it calls AWS, by name. */
const remedies: Record<string, string> = {
  CredentialsProviderError:
    "no AWS credentials found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
};

/**
 * What went wrong, in one line. A usage error that lists everything wrong with a configuration may have more. `--debug`
 * shows where it happened.
 */
export function problemLine(error: unknown): string {
  if (isUsageError(error)) return printable(error.message);
  if (!(error instanceof Error)) return printable(String(error));
  const remedy = remedies[error.name];
  if (remedy !== undefined) return remedy;
  const [first = "", ...rest] = messageOf(error)
    .split("\n")
    .filter((line) => line.trim() !== "");
  const isNamed = error.name !== "Error" && error.name !== "AggregateError";
  const line = `${isUnreachable(error) ? "unable to reach AWS: " : ""}${isNamed ? `${error.name}: ` : ""}${first}`;
  return printable(rest.length === 0 ? line : `${line} (--debug shows the rest)`);
}

/** Whether AWS, or AWS_ENDPOINT_URL, did not answer; the SDK says how often it tried. */
function isUnreachable(error: Error): boolean {
  const { code = "", $metadata } = error as { code?: string; $metadata?: unknown };
  return $metadata !== undefined && /^(?:ECONN|ENOTFOUND|EHOST|ENET|ETIMEDOUT|EAI_AGAIN)/.test(code);
}

/** Node wraps failed attempts at several addresses in an error whose message may be empty. */
function messageOf(error: Error): string {
  if (error.message !== "") return error.message;
  const { errors = [], code } = error as { errors?: Error[]; code?: string };
  return errors.map(({ message }) => message).join("; ") || code || error.name;
}

/** Arguments and AWS's messages may contain terminal escapes. */
function printable(text: string): string {
  return visible(text, "\n");
}
