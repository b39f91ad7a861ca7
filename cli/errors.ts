import { isUsageError } from "./verb";

/** What to do about errors that AWS's SDK throws before it calls AWS, by name. */
const remedies: Record<string, string> = {
  CredentialsProviderError:
    "no AWS credentials found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
};

/**
 * What went wrong, in one line; a usage error may have more, when it lists everything that is wrong with a
 * configuration. Where in the program it happened is shown by `--debug`.
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

/** Whether AWS, or what AWS_ENDPOINT_URL names, did not answer: the SDK adds how often it tried. */
function isUnreachable(error: Error): boolean {
  const { code = "", $metadata } = error as { code?: string; $metadata?: unknown };
  return $metadata !== undefined && /^(?:ECONN|ENOTFOUND|EHOST|ENET|ETIMEDOUT|EAI_AGAIN)/.test(code);
}

/** Node gives an attempt at several addresses an error of its own, whose message may be empty. */
function messageOf(error: Error): string {
  if (error.message !== "") return error.message;
  const { errors = [], code } = error as { errors?: Error[]; code?: string };
  return errors.map(({ message }) => message).join("; ") || code || error.name;
}

/** Arguments and messages of AWS may hold what steers a terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    " ",
  );
}
