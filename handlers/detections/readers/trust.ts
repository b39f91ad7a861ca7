import { uninspected } from "./uninspected";
import type { DetectionContext } from "../../settings";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import type { Match } from "../detection";
import { resourcesOf } from "./evidence";
import { clusterOf } from "./federation";
import { evidenceOfOpenings, mayAllow, openingsOf, type Statement, statementsOf } from "./policy";
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
  if (openings.length === 0) return trustedClusters(record, statements, parameter) ?? uninspected(record);
  const match: Match = {
    evidence: evidenceOfOpenings(openings, `requestParameters.${parameter}`),
    resources: resourcesOf("AWS::IAM::Role", textParameterOf(record, "roleName")),
  };
  if (openings.some(({ to }) => to === "everyone")) match.severity = "critical";
  return match;
}

/** The match of a call that lets every workload of a cluster assume a role. */
function trustedClusters(
  record: CloudTrailRecord,
  statements: Statement[],
  parameter: string,
): Match | undefined {
  const evidence = statements
    .filter(
      (statement) => statement.effect === "Allow" && mayAllow(statement, "sts:AssumeRoleWithWebIdentity"),
    )
    .flatMap((statement) =>
      statement.principals
        .map(({ value }) => value)
        .filter((value) => isOpenToCluster(statement, clusterOf(value)))
        .map((value) => ({
          parameter: `requestParameters.${parameter}.Statement[${statement.index}]`,
          value: { Principal: value },
          why: "lets in every workload of the cluster: no condition requires a service account (sub)",
        })),
    );
  if (evidence.length === 0) return undefined;
  return {
    title: "Role can be assumed by every workload of a cluster",
    severity: "medium",
    evidence,
    resources: resourcesOf("AWS::IAM::Role", textParameterOf(record, "roleName")),
  };
}

const anyServiceAccount = "system:serviceaccount:";

/** Whether a statement leaves open to which service account, or at least to which namespace, a token belongs. */
function isOpenToCluster({ conditions }: Statement, cluster: string | undefined): boolean {
  if (cluster === undefined) return false;
  const key = `${cluster}:sub`.toLowerCase();
  return !conditions.some(
    (condition) =>
      condition.key.toLowerCase() === key &&
      !/not|null/i.test(condition.operator) &&
      condition.values.every((value) => (value.split(/[*?]/, 1)[0] ?? "").length > anyServiceAccount.length),
  );
}
