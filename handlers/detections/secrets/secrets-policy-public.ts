import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { evidenceOfOpenings, openingsOf, statementsOf } from "../readers/policy";

export const secretsPolicyPublic: Detection = {
  id: "secrets-policy-public",
  title: "Secret resource policy opened",
  severity: "high",
  attack: { technique: "T1098" },
  tier: "core",
  noise: "rare",
  events: ["secretsmanager:PutResourcePolicy"],
  remediation: "read-modify",
  match(record, context) {
    const openings = openingsOf(statementsOf(valueAt(record, "requestParameters.resourcePolicy")), context);
    if (openings.length === 0) return uninspected(record);
    return {
      evidence: evidenceOfOpenings(openings, "requestParameters.resourcePolicy"),
      resources: resourcesOf("AWS::SecretsManager::Secret", valueAt(record, "requestParameters.secretId")),
    };
  },
  runbook: [
    "Remove the statement from the secret's policy, or delete the policy if it was the only one.",
    "Rotate the secret: whoever was let in may already have read it. GetSecretValue by the other account shows in this trail.",
    "Use BlockPublicPolicy in the next PutResourcePolicy, and check the KMS key's policy: reading from outside needs both.",
  ],
  falsePositives: ["Secrets shared with a sister account that is not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html",
    "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html",
  ],
};
