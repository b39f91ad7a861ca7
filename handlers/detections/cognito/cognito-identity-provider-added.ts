import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const cognitoIdentityProviderAdded: Detection = {
  id: "cognito-identity-provider-added",
  title: "Sign-in of a user pool trusts another identity provider",
  severity: "medium",
  attack: { technique: "T1556.007" },
  tier: "extended",
  noise: "rare",
  events: ["cognito-idp:CreateIdentityProvider", "cognito-idp:UpdateIdentityProvider"],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["providerName", "providerType", "userPoolId", "attributeMapping"],
      [...named(record, "AWS::Cognito::UserPool", "userPoolId")],
    ),
  runbook: [
    "Ask the app's owner who runs the provider: it decides who signs in, and as whom.",
    "Delete the provider, or set its earlier metadata again, if nobody can explain it.",
    "Look for sign-ins through it since then.",
  ],
  falsePositives: ["A customer or partner whose sign-in is connected."],
  references: [
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html",
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateIdentityProvider.html",
  ],
};
