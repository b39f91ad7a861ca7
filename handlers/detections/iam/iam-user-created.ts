import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { isAutomation } from "../readers/principal";
import { textParameterOf } from "../../cloudtrail/parameters";

export const iamUserCreated: Detection = {
  id: "iam-user-created",
  title: "IAM user created outside automation",
  severity: "low",
  attack: { technique: "T1136.003" },
  tier: "core",
  noise: "changes",
  events: ["iam:CreateUser"],
  remediation: "alert",
  match(record, context) {
    if (isAutomation(record, context)) return undefined;
    return {
      evidence: evidenceAt(record, "requestParameters.userName", "requestParameters.path"),
      resources: resourcesOf("AWS::IAM::User", textParameterOf(record, "userName")),
    };
  },
  runbook: [
    "Ask the actor what the user is for, and whether a role or IAM Identity Center would do.",
    "Look for the next calls on the same user: policies, keys, a password, groups.",
    "If nobody claims the user, delete its keys and password first, then the user.",
  ],
  falsePositives: [
    "Infrastructure as code that creates service users: name its principal in `automation`.",
    "Set-up of tools that need an IAM user, such as SMTP credentials for SES.",
  ],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  ],
};
