import { fieldsOf, textOf } from "./json";

/**
 * What went wrong, in one line: AWS's error code, if there is one, and the message. For a denied call, AWS's message names
 * the missing action.
 */
export function problemOf(error: unknown): string {
  try {
    const { name, message } = (error ?? {}) as { name?: unknown; message?: unknown };
    const text = String(message ?? error);
    return (typeof name === "string" && name !== "Error" ? `${name}: ${text}` : text).slice(0, 1_000);
  } catch {
    // Whatever was thrown by a team's own rule.
    return "what was thrown says nothing about itself";
  }
}

/** What AWS says of an entry of a batch that it refused: `{"ErrorCode": "…", "ErrorMessage": "…"}`, if it says anything. */
export function problemOfEntry(entry: unknown): string {
  const { ErrorCode, ErrorMessage } = fieldsOf(entry);
  return `${textOf(ErrorCode) ?? "refused"}: ${textOf(ErrorMessage) ?? "no reason given"}`;
}

/** What was thrown, as an error: a team's own rule may throw anything. */
export function errorOf(thrown: unknown): Error {
  try {
    if (thrown instanceof Error) return thrown;
  } catch {
    // It does not even say what it is.
  }
  return new Error(problemOf(thrown));
}

/**
 * What went wrong with a call to AWS, in one line. AWS usually names the missing action of a denied call: "is not authorized
 * to perform: iam:DetachUserPolicy on resource …"; if it does not, this says where the actions are listed.
 */
export function problemOfCall(error: unknown): string {
  const problem = problemOf(error);
  const { name } = (error ?? {}) as { name?: unknown };
  // Not of an SCP or boundary: the role's own policies deny calls that touch the detector's trail, bucket and role.
  if (/explicit deny in an identity-based policy/.test(problem))
    return `${problem} (by design, the role may not change its own trail, bucket or role; make this call yourself)`;
  const isDenied =
    typeof name === "string" && /AccessDenied|Unauthorized|NotAuthorized|AuthorizationError/i.test(name);
  return isDenied && !/authorized to perform:? [a-z0-9-]+:[A-Z]/.test(problem)
    ? `${problem} (AWS does not say which action is missing; docs/permissions.md lists those of each detection)`
    : problem;
}

/** The start of a text that takes so many bytes at most, in UTF-8. */
export function cutBytes(text: string, max: number): string {
  const bytes = Buffer.from(text);
  // A character that is cut apart leaves U+FFFD behind.
  return bytes.length <= max
    ? text
    : bytes
        .subarray(0, max)
        .toString("utf8")
        .replace(/\ufffd+$/, "");
}

/** A list of problems: the first are kept, and all are counted. */
export interface Problems {
  add(problem: string): void;
  /** The first problems. */
  readonly first: readonly string[];
  all(): number;
}

/** Creates a bounded list of problems. @param max how many are kept */
export function createProblems(max: number): Problems {
  const first: string[] = [];
  let count = 0;
  return {
    add(problem) {
      count++;
      if (first.length < max) first.push(problem);
    },
    first,
    all: () => count,
  };
}
