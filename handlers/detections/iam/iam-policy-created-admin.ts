import { isTrue, parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { administratorIn } from "../readers/administrator";
import { resourcesOf, valueAt } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const iamPolicyCreatedAdmin: Detection = {
  id: "iam-policy-created-admin",
  title: "Administrator policy created under another name",
  severity: "medium",
  attack: { technique: "T1098.003" },
  tier: "core",
  noise: "changes",
  events: ["iam:CreatePolicy", "iam:CreatePolicyVersion"],
  remediation: "alert",
  match(record, context) {
    // iam-policy-version-admin reports a version that becomes the default at once.
    const isVersion = nameOf(record) === "CreatePolicyVersion";
    if (isVersion && isTrue(parameterOf(record, "setAsDefault"))) return undefined;
    const path = "requestParameters.policyDocument";
    const evidence = administratorIn(parameterOf(record, "policyDocument"), context, path);
    if (evidence.length === 0) return uninspected(record);
    const arn = valueAt(record, "responseElements.policy.arn");
    return {
      evidence,
      resources: resourcesOf(
        "AWS::IAM::ManagedPolicy",
        textParameterOf(record, "policyArn") ?? arn ?? textParameterOf(record, "policyName"),
      ),
    };
  },
  runbook: [
    "Ask the actor what the policy is for: AWS's AdministratorAccess says openly what such a policy hides.",
    "List who has it attached (aws iam list-entities-for-policy); attaching it is a separate finding.",
    "Delete the policy, or the version, unless somebody can explain it, and look at what else the actor created.",
  ],
  falsePositives: [
    "Organizations that keep a modified copy of AdministratorAccess; infrastructure as code that recreates it.",
  ],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html",
  ],
};
