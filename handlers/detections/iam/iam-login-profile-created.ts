import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { isOwnUser } from "../readers/principal";
import { isFalse, parameterOf, textParameterOf } from "../../cloudtrail/parameters";

export const iamLoginProfileCreated: Detection = {
  id: "iam-login-profile-created",
  title: "Console password created for another user",
  severity: "high",
  attack: { technique: "T1098.001" },
  tier: "core",
  noise: "changes",
  events: ["iam:CreateLoginProfile"],
  remediation: "inverse",
  match(record) {
    const userName = textParameterOf(record, "userName");
    if (userName === undefined || isOwnUser(record, userName)) return undefined;
    return {
      evidence: evidenceAt(record, "requestParameters.userName", "requestParameters.passwordResetRequired"),
      resources: resourcesOf("AWS::IAM::User", userName),
      // Whoever chose the password knows it.
      severity: isFalse(parameterOf(record, "passwordResetRequired")) ? "critical" : "high",
    };
  },
  runbook: [
    "Ask the user and the actor whether this is a new colleague's first password; if not, delete the login profile.",
    "Look for a ConsoleLogin of the user since then, and from which address.",
    "Check whether the user is for programs only: a password for such a user is another way in besides its keys.",
  ],
  falsePositives: ["People who are given console access by an administrator; prefer IAM Identity Center."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_admin-change-user.html",
  ],
};
