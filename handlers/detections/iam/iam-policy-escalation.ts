import { isTrue, parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import type { DetectionContext, Severity } from "../../settings";
import { readsOf } from "../ask";
import type { Detection, Match } from "../detection";
import { askedPolicy, pathOfDocument, subjectsOf } from "../readers/administrator";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { statementsOf } from "../readers/policy";
import { isAutomation } from "../readers/principal";
import { administratorStatementsOf, escalationsOf, evidenceOfEscalations } from "../readers/rights";
import { uninspected } from "../readers/uninspected";

/** Calls whose document is in another parameter. */
const withoutDocument = [
  "AttachGroupPolicy",
  "AttachRolePolicy",
  "AttachUserPolicy",
  "SetDefaultPolicyVersion",
];

export const iamPolicyEscalation: Detection = {
  id: "iam-policy-escalation",
  title: "Policy leads to administrator rights",
  severity: "high",
  attack: { technique: "T1098.003" },
  tier: "core",
  noise: "changes",
  events: [
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreatePolicy",
    "iam:CreatePolicyVersion",
    "iam:PutGroupPolicy",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
  ],
  remediation: "read-modify",
  asks(record, context) {
    if (!withoutDocument.includes(nameOf(record)) || isKnown(record, context)) return [];
    return askedPolicy(record, "policyArn", textParameterOf(record, "versionId"));
  },
  reads: readsOf.managedPolicy,
  match(record, context, answers = []) {
    if (isKnown(record, context)) return undefined;
    if (!withoutDocument.includes(nameOf(record)))
      return (
        matchOf(record, context, parameterOf(record, "policyDocument"), "requestParameters.policyDocument") ??
        uninspected(record)
      );
    const arn = textParameterOf(record, "policyArn") ?? "";
    const [match] = answers.flatMap(
      (document) => matchOf(record, context, document, pathOfDocument(arn)) ?? [],
    );
    if (match === undefined) return undefined;
    const asked = evidenceAt(record, "requestParameters.policyArn", "requestParameters.versionId");
    return { ...match, evidence: [...asked, ...match.evidence] };
  },
  runbook: [
    "Read which permissions the evidence names: with each of them the holder can give themselves, or what they start, all others.",
    "Restrict them to named resources, to one service (iam:PassedToService), or below a permissions boundary; or remove the policy.",
    "Look for the next step: new keys, attached policies, functions, instances or stacks with a powerful role.",
  ],
  falsePositives: [
    "Roles of deployment pipelines and identity teams, which need such permissions: name the principal that creates them in `automation`, or the role in an exception.",
    "Permissions to change the code of all functions, or to assume any role, alone (reported as medium).",
  ],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-policy-validation.html",
  ],
};

/** By automation; or permissions of this system's own role, of which own-part-changed reports whether they were declared. */
function isKnown(record: CloudTrailRecord, context: DetectionContext): boolean {
  const role = textParameterOf(record, "roleName");
  return isAutomation(record, context) || (role !== undefined && context.ownResources.includes(role));
}

function matchOf(
  record: CloudTrailRecord,
  context: DetectionContext,
  document: unknown,
  parameter: string,
): Match | undefined {
  const statements = statementsOf(document);
  const { account } = context;
  // Reported as administrator rights instead.
  if (administratorStatementsOf(statements, account).length > 0) return undefined;
  const escalations = escalationsOf(statements, account, holderOf(record, account));
  if (escalations.length === 0) return undefined;
  const isIndirect = escalations.every((one) => one.isIndirect);
  const severity: Severity = isIndirect || !isGiven(record) ? "medium" : "high";
  return {
    evidence: evidenceOfEscalations(escalations, parameter),
    resources: [
      ...subjectsOf(record),
      ...resourcesOf(
        "AWS::IAM::ManagedPolicy",
        textParameterOf(record, "policyArn") ?? valueAt(record, "responseElements.policy.arn"),
      ),
    ],
    severity,
  };
}

/** Whether somebody holds the document from now on; a policy that was only created is held by nobody. */
function isGiven(record: CloudTrailRecord): boolean {
  const name = nameOf(record);
  if (name === "CreatePolicy") return false;
  return name !== "CreatePolicyVersion" || isTrue(parameterOf(record, "setAsDefault"));
}

/** The ARN of the principal that gets the document, if it has no path. */
function holderOf(record: CloudTrailRecord, account: string): string | undefined {
  const user = textParameterOf(record, "userName");
  const role = textParameterOf(record, "roleName");
  if (user === undefined && role === undefined) return undefined;
  return `arn:aws:iam::${account}:${user === undefined ? `role/${role}` : `user/${user}`}`;
}
