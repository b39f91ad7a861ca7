import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { quarantinePolicyOf } from "../readers/quarantine";
import { textParameterOf } from "../../cloudtrail/parameters";

export const iamQuarantineRemoved: Detection = {
  id: "iam-quarantine-removed",
  title: "Quarantine policy removed",
  severity: "high",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "none",
  events: ["iam:DeleteUserPolicy", "iam:DetachUserPolicy"],
  remediation: "inverse",
  match(record) {
    if (quarantinePolicyOf(record) === undefined) return undefined;
    return {
      evidence: evidenceAt(record, "requestParameters.policyArn", "requestParameters.policyName"),
      resources: resourcesOf("AWS::IAM::User", textParameterOf(record, "userName")),
    };
  },
  runbook: [
    "Check that the user's leaked keys are deleted; until then, attach the policy again.",
    "Ask the actor whether they were cleaning up after the leak; if actor and user are the same, the attacker freed themselves.",
    "Go through what the user's keys did since the policy was removed.",
  ],
  falsePositives: ["The last step of the clean-up that AWS's support case describes."],
  references: [
    "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html",
  ],
};
