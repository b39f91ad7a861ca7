import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const cognitoUserCreated: Detection = {
  id: "cognito-user-created",
  title: "App user created or given a password",
  severity: "low",
  attack: { technique: "T1136.003" },
  tier: "extended",
  noise: "work",
  events: [
    "cognito-idp:AdminAddUserToGroup",
    "cognito-idp:AdminCreateUser",
    "cognito-idp:AdminResetUserPassword",
    "cognito-idp:AdminSetUserPassword",
    "cognito-idp:AdminUpdateUserAttributes",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["userPoolId", "username", "groupName", "permanent"],
      named(record, "AWS::Cognito::UserPool", "userPoolId"),
    ),
  runbook: [
    "Ask the actor whose user it is, and what the app lets that user do.",
    "Disable the user (AdminDisableUser) or set a new password if nobody can explain it.",
    "Look at the user's sign-ins since then, in the app's log.",
  ],
  falsePositives: ["A back office that starts creating users."],
  references: [
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html",
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html",
  ],
};
