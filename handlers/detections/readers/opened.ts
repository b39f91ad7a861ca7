import type { Fields } from "../../json";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import type { DetectionContext } from "../../settings";
import type { Match, Resource } from "../detection";
import { evidenceOfOpenings, openingsOf, type Statement, statementsOf } from "./policy";
import { uninspected } from "./uninspected";

/** A policy document among the parameters of a call. */
interface PolicyAt {
  /** `requestParameters.policy` */
  parameter: string;
  statements: Statement[];
}

/** How much of a request is searched: policies are at its top level or just below. */
const maxDepth = 3;
const maxValues = 200;

/**
 * The match of a call that sets a resource's policy, wherever in its parameters the service puts it, if that lets in everyone,
 * or an account that is neither this one nor trusted.
 *
 * @param counts which statements count; all if omitted
 */
export function policyOpened(
  record: CloudTrailRecord,
  context: DetectionContext,
  resources: Resource[],
  counts: (statement: Statement) => boolean = () => true,
): Match | undefined {
  const found = policiesIn(record).map(({ parameter, statements }) => ({
    parameter,
    openings: openingsOf(statements.filter(counts), context),
  }));
  const openings = found.flatMap((policy) => policy.openings);
  if (openings.length === 0) return uninspected(record);
  const match: Match = {
    evidence: found.flatMap(({ parameter, openings }) => evidenceOfOpenings(openings, parameter)),
    resources,
  };
  if (openings.some(({ to }) => to === "everyone")) match.severity = "critical";
  return match;
}

function policiesIn(record: CloudTrailRecord): PolicyAt[] {
  const found: PolicyAt[] = [];
  const open = [{ parameter: "requestParameters", value: record.requestParameters, depth: 0 }];
  for (let looked = 0; looked < maxValues; looked += 1) {
    const next = open.shift();
    if (next === undefined) break;
    const { parameter, value, depth } = next;
    const statements = mayBePolicy(value) ? statementsOf(value) : [];
    if (statements.length > 0) found.push({ parameter, statements });
    else if (depth < maxDepth && typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value as Fields))
        open.push({ parameter: `${parameter}.${key}`, value: inner, depth: depth + 1 });
  }
  return found;
}

function mayBePolicy(value: unknown): boolean {
  if (typeof value === "string") return /Statement/i.test(value);
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
