import type { Exception } from "../settings";
import { matchesPattern } from "../detections/readers/pattern";
import type { Finding } from "./finding";

/** What the exceptions say about a finding. */
export type Verdict =
  | { passes: false }
  | { passes: true; exception: Exception }
  /** An entry could not be evaluated: then nothing may be fixed. */
  | { passes: "unknown"; problem: string };

/**
 * Whether an exception lets a finding pass. An entry past its `until` counts no more; an entry that cannot be
 * evaluated makes the verdict `unknown`, whatever the others say.
 *
 * @param now epoch ms
 */
export function verdictOf(finding: Finding, exceptions: Exception[], now: number): Verdict {
  let verdict: Verdict = { passes: false };
  for (const exception of exceptions) {
    const problem = problemOf(exception);
    if (problem !== undefined) return { passes: "unknown", problem };
    if (Date.parse(exception.until) > now && covers(exception, finding))
      verdict = { passes: true, exception };
  }
  return verdict;
}

function problemOf(exception: Exception): string | undefined {
  for (const field of ["detection", "reason", "owner", "until"] as const)
    if (typeof exception[field] !== "string" || exception[field] === "")
      return `an exception has no ${field}: ${JSON.stringify(exception)}`;
  for (const field of ["principal", "account", "region", "resource"] as const)
    if (exception[field] !== undefined && typeof exception[field] !== "string")
      return `an exception's ${field} is not text: ${JSON.stringify(exception)}`;
  if (Number.isNaN(Date.parse(exception.until)))
    return `an exception's until is not a date: ${JSON.stringify(exception.until)}`;
  return undefined;
}

function covers(exception: Exception, finding: Finding): boolean {
  const { actor } = finding;
  // A session is excepted by its own ARN or by the ARN of the role behind it.
  const principals = [actor.arn, actor.role?.arn];
  return (
    matchesPattern(exception.detection, finding.detection.id) &&
    holds(exception.principal, principals) &&
    holds(exception.account, [finding.account]) &&
    holds(exception.region, [finding.region]) &&
    holds(
      exception.resource,
      finding.match.resources.map((resource) => resource.id),
      "all",
    )
  );
}

/** An exception for one resource does not cover a call that touched another one as well. */
function holds(
  pattern: string | undefined,
  values: (string | undefined)[],
  which: "any" | "all" = "any",
): boolean {
  if (pattern === undefined) return true;
  const given = values.filter((value) => value !== undefined);
  const matches = (value: string) => matchesPattern(pattern, value);
  return given.length > 0 && (which === "all" ? given.every(matches) : given.some(matches));
}
