import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const iamOidcProviderChanged: Detection = {
  id: "iam-oidc-provider-changed",
  title: "OIDC provider accepts another client or certificate",
  severity: "medium",
  attack: { technique: "T1484.002" },
  tier: "extended",
  noise: "rare",
  events: ["iam:AddClientIDToOpenIDConnectProvider", "iam:UpdateOpenIDConnectProviderThumbprint"],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["openIDConnectProviderArn", "clientID", "thumbprintList"],
      [...named(record, "AWS::IAM::OIDCProvider", "openIDConnectProviderArn")],
    ),
  runbook: [
    "Compare the client ID or thumbprint with what the identity provider publishes.",
    "Take it out again (RemoveClientIDFromOpenIDConnectProvider) unless its owner can explain it.",
    "Look for AssumeRoleWithWebIdentity calls with roles that trust the provider since then.",
  ],
  falsePositives: [
    "A new application that signs in through a known provider, or a provider's new certificate.",
  ],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html",
  ],
};
