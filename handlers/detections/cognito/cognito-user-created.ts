import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const cognitoUserCreated: Detection = {
  id: "cognito-user-created",
  title: "User of an app made, or given a password",
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
    "Disable the user (AdminDisableUser) or set a new password if nobody knows it.",
    "Look at sign-ins of the user since, in the app's log.",
  ],
  falsePositives: ["A back office that begins to make users."],
  references: [
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html",
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html",
  ],
};
