import { textParameterOf } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import { matchesAny } from "../../pattern";
import type { DetectionContext } from "../../settings";
import type { Ask } from "../ask";
import type { Evidence, Match } from "../detection";
import { evidenceAt, resourcesOf } from "./evidence";
import { statementsOf } from "./policy";
import { administratorStatementsOf, evidenceOfAdministrator } from "./rights";
import { uninspected } from "./uninspected";

/**
 * AWS's policies that make their holder an administrator: full IAM access is enough to get the rest. A customer's policy of the
 * same name may grant anything: its document decides.
 */
const administratorPolicies =
  /^arn:aws[a-z-]*:iam::aws:policy\/(?:.*\/)?(?:AdministratorAccess|IAMFullAccess)$/;

/** Whether a managed policy makes its holder an administrator: as one of AWS's, or because the configuration says so. */
export function isAdministratorPolicy(policyArn: string, context: DetectionContext): boolean {
  return administratorPolicies.test(policyArn) || matchesAny(context.privilegedPolicies, policyArn);
}

/** Whether a managed policy is a customer's, whose content is unknown. The content of AWS's policies is known. */
export function isCustomersPolicy(policyArn: string | undefined): policyArn is string {
  return policyArn !== undefined && /^arn:aws[a-z-]*:iam::\d{12}:policy\//.test(policyArn);
}

/** Asks for the document of the customer managed policy that a call names. */
export function askedPolicy(record: CloudTrailRecord, name = "policyArn", version?: string): Ask[] {
  const arn = textParameterOf(record, name);
  if (!isCustomersPolicy(arn)) return [];
  const ask: Ask = { kind: "managedPolicy", parameter: `requestParameters.${name}`, arn };
  return [version === undefined ? ask : { ...ask, version }];
}

/** Evidence from a policy's document that grants administrator rights; none if it does not, or does not exist. */
export function administratorIn(document: unknown, context: DetectionContext, parameter: string): Evidence[] {
  const statements = administratorStatementsOf(statementsOf(document), context.account);
  return evidenceOfAdministrator(statements, parameter);
}

/** The path for evidence from a document that is not in the record. */
export function pathOfDocument(policyArn: string): string {
  return `document of ${policyArn}`;
}

/** The parameter of the calls that attach a policy, and CloudFormation's type of what it names. */
const subjects = {
  userName: "AWS::IAM::User",
  roleName: "AWS::IAM::Role",
  groupName: "AWS::IAM::Group",
} as const;

/** The users, roles and groups that an IAM call names. */
export function subjectsOf(record: CloudTrailRecord) {
  return Object.entries(subjects).flatMap(([name, type]) => resourcesOf(type, textParameterOf(record, name)));
}

/**
 * The match of an `Attach…Policy` call that grants an administrator policy: one of AWS's, or a customer's by its document.
 *
 * @param answers of {@link askedPolicy}
 */
export function administratorAttached(
  record: CloudTrailRecord,
  context: DetectionContext,
  answers: unknown[] = [],
): Match | undefined {
  const policy = textParameterOf(record, "policyArn");
  if (policy === undefined) return uninspected(record);
  const byDocument = answers.flatMap((document) =>
    administratorIn(document, context, pathOfDocument(policy)),
  );
  if (!isAdministratorPolicy(policy, context) && byDocument.length === 0) return uninspected(record);
  const paths = Object.keys(subjects).map((name) => `requestParameters.${name}`);
  return {
    evidence: [...evidenceAt(record, "requestParameters.policyArn", ...paths), ...byDocument],
    resources: [...subjectsOf(record), ...resourcesOf("AWS::IAM::ManagedPolicy", policy)],
    // Under another name, it is meant to be overlooked.
    ...(byDocument.length > 0 ? { severity: "critical" } : {}),
  };
}
