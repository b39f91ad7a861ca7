import type { Exception } from "../settings";
import { matchesPattern } from "../pattern";
import { problemOfCall } from "../problem";
import type { Finding } from "../detections/finding";
import { tagFrom, type TagVerdict } from "./tags";

/** What the exceptions say about a finding. */
export type ExceptionVerdict =
  /** @property notes for those who made the exception: why a tag is ignored */
  | { passes: false; notes: string[] }
  | { passes: true; exception: Exception }
  /** An entry could not be evaluated: then nothing may be fixed. */
  | { passes: "unknown"; problem: string };

/**
 * The exceptions that match a finding, apart from their tags, which need the live state. If any entry cannot be evaluated,
 * says why, whatever the others say. An entry past its `until` no longer applies.
 *
 * @param now epoch ms
 */
export function coveringOf(
  finding: Finding,
  exceptions: Exception[],
  now: number,
): { covering: Exception[] } | { problem: string } {
  const problem = exceptions.map(problemOfException).find((one) => one !== undefined);
  if (problem !== undefined) return { problem };
  return {
    covering: exceptions.filter(
      (exception) => Date.parse(exception.until) > now && covers(exception, finding),
    ),
  };
}

/**
 * Whether an exception covers a finding.
 *
 * @param now epoch ms
 * @param tagVerdict what is known of a tag (`key=value`) on the finding's resources
 */
export async function verdictOf(
  finding: Finding,
  exceptions: Exception[],
  now: number,
  tagVerdict: (tag: string) => Promise<TagVerdict>,
): Promise<ExceptionVerdict> {
  const found = coveringOf(finding, exceptions, now);
  if ("problem" in found) return { passes: "unknown", problem: found.problem };
  const [untagged] = found.covering.filter(({ tag }) => tag === undefined);
  if (untagged !== undefined) return { passes: true, exception: untagged };
  const notes: string[] = [];
  for (const exception of found.covering) {
    const tag = exception.tag ?? "";
    try {
      const verdict = await tagVerdict(tag);
      if (!verdict.has) continue;
      if (verdict.counts) return { passes: true, exception };
      notes.push(`the tag ${tag} is ignored: ${verdict.why}`);
    } catch (error) {
      return {
        passes: "unknown",
        problem: `unable to check the tag ${tag}: ${problemOfCall(error)}`,
      };
    }
  }
  return { passes: false, notes };
}

function problemOfException(exception: Exception): string | undefined {
  for (const field of ["detection", "reason", "owner", "until"] as const)
    if (typeof exception[field] !== "string" || exception[field] === "")
      return `an exception has no ${field}: ${JSON.stringify(exception)}`;
  for (const field of ["principal", "account", "region", "resource", "tag"] as const)
    if (exception[field] !== undefined && typeof exception[field] !== "string")
      return `an exception's ${field} is not text: ${JSON.stringify(exception)}`;
  if (exception.tag !== undefined && tagFrom(exception.tag) === undefined)
    return `an exception's tag is not of the form key=value: ${JSON.stringify(exception.tag)}`;
  if (Number.isNaN(Date.parse(exception.until)))
    return `an exception's until is not a date: ${JSON.stringify(exception.until)}`;
  return undefined;
}

/** Whether all that an exception names is so of a finding. */
export function covers(exception: Exception, finding: Finding): boolean {
  const { actor } = finding;
  // A session matches by its own ARN or by the ARN of the role behind it.
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

/** An exception for one resource does not cover a call that also touched another. */
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
