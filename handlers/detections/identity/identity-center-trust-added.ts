import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const identityCenterTrustAdded: Detection = {
  id: "identity-center-trust-added",
  title: "Identity Center trusts another application or token issuer",
  severity: "medium",
  attack: { technique: "T1556.007" },
  tier: "extended",
  noise: "rare",
  events: [
    "sso:CreateApplication",
    "sso:CreateInstanceAccessControlAttributeConfiguration",
    "sso:CreateTrustedTokenIssuer",
    "sso:PutApplicationGrant",
    "sso:UpdateInstanceAccessControlAttributeConfiguration",
    "sso:UpdateTrustedTokenIssuer",
  ],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(record, context, [
      "name",
      "instanceArn",
      "applicationArn",
      "applicationProviderArn",
      "trustedTokenIssuerArn",
      "trustedTokenIssuerType",
      "trustedTokenIssuerConfiguration",
      "instanceAccessControlAttributeConfiguration",
    ]),
  runbook: [
    "Ask the identity team who runs the application or issuer: its tokens stand for your users.",
    "Delete it if nobody can explain it.",
    "Look at what it was used for, and at what else the same actor changed in Identity Center.",
  ],
  falsePositives: [
    "An application that is connected, and attributes for access control that are introduced.",
  ],
  references: [
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateTrustedTokenIssuer.html",
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateApplication.html",
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PutApplicationGrant.html",
  ],
};
