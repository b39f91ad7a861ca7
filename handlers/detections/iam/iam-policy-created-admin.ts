import { isTrue, parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { administratorIn } from "../readers/administrator";
import { resourcesOf, valueAt } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const iamPolicyCreatedAdmin: Detection = {
  id: "iam-policy-created-admin",
  title: "Administrator policy created under a name of its own",
  severity: "medium",
  attack: { technique: "T1098.003" },
  tier: "core",
  noise: "changes",
  events: ["iam:CreatePolicy", "iam:CreatePolicyVersion"],
  remediation: "alert",
  match(record, context) {
    // A version that is the default at once is reported by iam-policy-version-admin.
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
    "Ask the actor what the policy is for: AWS's own AdministratorAccess says openly what such a one hides.",
    "List who has it attached (aws iam list-entities-for-policy); attaching it is a finding of its own.",
    "Delete the policy, or the version, unless somebody answers for it, and see what else the actor made.",
  ],
  falsePositives: [
    "Organizations that keep a copy of AdministratorAccess with changes of their own; infrastructure as code that makes it anew.",
  ],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html",
  ],
};
