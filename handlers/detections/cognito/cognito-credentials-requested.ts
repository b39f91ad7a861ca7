import type { Detection } from "../detection";
import { named } from "../readers/by-hand";
import { shown } from "../readers/evidence";

export const cognitoCredentialsRequested: Detection = {
  id: "cognito-credentials-requested",
  title: "AWS credentials requested from an identity pool",
  severity: "low",
  attack: { technique: "T1078.004" },
  tier: "extended",
  noise: "work",
  events: ["cognito-identity:GetCredentialsForIdentity"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  offByDefault: "Users of applications with an identity pool call it all day.",
  match(record) {
    return {
      evidence: shown(record, "identityId", "logins"),
      resources: named(record, "AWS::Cognito::IdentityPool", "identityPoolId"),
    };
  },
  runbook: [
    "Find out which pool the identity is of, and what its guest and user roles may do.",
    "Close guest access of the pool if no application needs it.",
    "Read what the credentials did since then: the session's name is CognitoIdentityCredentials.",
  ],
  falsePositives: ["Every user of an application that gets its credentials from an identity pool."],
  references: [
    "https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html",
  ],
};
