import { uninspected } from "./uninspected";
import type { DetectionContext } from "../../settings";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import type { Match } from "../detection";
import { evidenceAt, resourcesOf } from "./evidence";
import { matchesAny } from "../../pattern";
import { textParameterOf } from "../../cloudtrail/parameters";

/** AWS's policies that make their holder an administrator: all of IAM is enough to take the rest. */
const administratorPolicies =
  /^arn:aws[a-z-]*:iam::(?:aws|\d{12}):policy\/(?:.*\/)?(?:AdministratorAccess|IAMFullAccess)$/;

/** Whether a managed policy makes its holder an administrator: by its name, or since the configuration says so. */
export function isAdministratorPolicy(policyArn: string, context: DetectionContext): boolean {
  return administratorPolicies.test(policyArn) || matchesAny(context.privilegedPolicies, policyArn);
}

/**
 * The match of an `Attach…Policy` call that hands out an administrator policy.
 *
 * @param parameter the request parameter with the name of who gets it: `userName`.
 * @param type CloudFormation's type of who gets it.
 */
export function administratorAttached(
  record: CloudTrailRecord,
  context: DetectionContext,
  parameter: string,
  type: string,
): Match | undefined {
  const policy = textParameterOf(record, "policyArn");
  if (policy === undefined || !isAdministratorPolicy(policy, context)) return uninspected(record);
  return {
    evidence: evidenceAt(record, "requestParameters.policyArn", `requestParameters.${parameter}`),
    resources: [
      ...resourcesOf(type, textParameterOf(record, parameter)),
      ...resourcesOf("AWS::IAM::ManagedPolicy", policy),
    ],
  };
}
