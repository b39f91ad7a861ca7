import { uninspected } from "../readers/uninspected";
import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { statementsOf } from "../readers/policy";
import { administratorStatementsOf, evidenceOfAdministrator } from "../readers/rights";
import { isAutomation } from "../readers/principal";
import { isTrue, parameterOf, textParameterOf } from "../../cloudtrail/parameters";

export const iamPolicyVersionAdmin: Detection = {
  id: "iam-policy-version-admin",
  title: "Managed policy replaced by an administrator version",
  severity: "high",
  attack: { technique: "T1098" },
  tier: "core",
  events: ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"],
  remediation: "read-modify",
  match(record, context) {
    const resources = resourcesOf("AWS::IAM::ManagedPolicy", textParameterOf(record, "policyArn"));
    if (nameOf(record) === "SetDefaultPolicyVersion") {
      // What the version says is not in the event: an old, wider one is a known way to more rights.
      if (isAutomation(record, context)) return undefined;
      return {
        evidence: evidenceAt(record, "requestParameters.policyArn", "requestParameters.versionId"),
        resources,
      };
    }
    const document = statementsOf(parameterOf(record, "policyDocument"));
    const statements = administratorStatementsOf(document, context.account);
    if (statements.length === 0 || !isTrue(parameterOf(record, "setAsDefault"))) return uninspected(record);
    return { evidence: evidenceOfAdministrator(statements, "requestParameters.policyDocument"), resources };
  },
  runbook: [
    "Read the version that is default now (aws iam get-policy-version) and compare it with the one before.",
    "Set the earlier version as default and delete the new one unless the change was agreed on.",
    "List who has the policy attached (aws iam list-entities-for-policy) and what they did since: the actor is often among them.",
  ],
  falsePositives: ["A person who rolls a policy back by setting an older version as default."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html",
  ],
};
