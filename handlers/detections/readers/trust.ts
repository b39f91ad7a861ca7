import { uninspected } from "./uninspected";
import type { DetectionContext } from "../../settings";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import type { Match } from "../detection";
import { resourcesOf } from "./evidence";
import { evidenceOfOpenings, openingsOf, statementsOf } from "./policy";
import { parameterOf, textParameterOf } from "../../cloudtrail/parameters";

/**
 * The match of a call that lets everyone, a foreign account or anybody with a token assume a role.
 *
 * @param parameter the request parameter with the trust policy: `policyDocument`.
 */
export function trustOpened(
  record: CloudTrailRecord,
  context: DetectionContext,
  parameter: string,
): Match | undefined {
  const statements = statementsOf(parameterOf(record, parameter));
  const openings = openingsOf(statements, context, { action: "sts:AssumeRole*" });
  if (openings.length === 0) return uninspected(record);
  const match: Match = {
    evidence: evidenceOfOpenings(openings, `requestParameters.${parameter}`),
    resources: resourcesOf("AWS::IAM::Role", textParameterOf(record, "roleName")),
  };
  if (openings.some(({ to }) => to === "everyone")) match.severity = "critical";
  return match;
}
