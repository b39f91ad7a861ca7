import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";
import { resourcesOf, valueAt } from "../readers/evidence";

export const iamPasswordChanged: Detection = {
  id: "iam-password-changed",
  title: "User changed their own password",
  severity: "low",
  attack: { technique: "T1098" },
  tier: "extended",
  noise: "work",
  events: ["iam:ChangePassword"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["userIdentity.userName"],
      resourcesOf("AWS::IAM::User", valueAt(record, "userIdentity.userName")),
    ),
  runbook: [
    "Ask the user whether it was them: an intruder with the old password locks the user out this way.",
    "If not, give them a new password (UpdateLoginProfile), and end the sessions of the old one.",
    "Look at the address of the call and of the sign-in before it.",
  ],
  falsePositives: ["A user changing an initial or old password."],
  references: ["https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html"],
};
