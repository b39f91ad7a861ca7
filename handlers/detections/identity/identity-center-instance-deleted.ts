import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const identityCenterInstanceDeleted: Detection = {
  id: "identity-center-instance-deleted",
  title: "Identity Center instance deleted",
  severity: "high",
  attack: { technique: "T1531" },
  tier: "extended",
  noise: "none",
  events: ["sso:DeleteInstance"],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(record, context, ["instanceArn"], [...named(record, "AWS::SSO::Instance", "instanceArn")]),
  runbook: [
    "Ask the management account whether it was planned: everybody who signs in through it is locked out, and all assignments are gone.",
    "Sign in with the emergency role or the root user, and create the instance and its assignments again from code.",
    "Find out how the actor got in, and what they did while nobody else could sign in.",
  ],
  falsePositives: ["A test instance of one account that is no longer needed."],
  references: [
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_DeleteInstance.html",
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/delete-config.html",
  ],
};
