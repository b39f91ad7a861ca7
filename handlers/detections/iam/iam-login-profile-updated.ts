import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { isOwnUser } from "../readers/principal";
import { textParameterOf } from "../../cloudtrail/parameters";

export const iamLoginProfileUpdated: Detection = {
  id: "iam-login-profile-updated",
  title: "Console password of another user changed",
  severity: "high",
  attack: { technique: "T1098.001" },
  tier: "core",
  noise: "changes",
  events: ["iam:UpdateLoginProfile"],
  remediation: "contain",
  match(record) {
    const userName = textParameterOf(record, "userName");
    if (userName === undefined || isOwnUser(record, userName)) return undefined;
    return {
      evidence: evidenceAt(record, "requestParameters.userName", "requestParameters.passwordResetRequired"),
      resources: resourcesOf("AWS::IAM::User", userName),
    };
  },
  runbook: [
    "Ask the user whether they requested a new password; if not, set another one with a forced reset, or delete the login profile.",
    "Look for a ConsoleLogin of the user since then, its address and whether MFA was used.",
    "Find out why the actor has iam:UpdateLoginProfile on that user: changing the password of somebody more powerful is a known privilege escalation.",
  ],
  falsePositives: ["A help desk that resets passwords."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_admin-change-user.html",
  ],
};
