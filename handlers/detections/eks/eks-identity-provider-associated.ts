import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const eksIdentityProviderAssociated: Detection = {
  id: "eks-identity-provider-associated",
  title: "Cluster trusts another identity provider",
  severity: "medium",
  attack: { technique: "T1098.006" },
  tier: "extended",
  noise: "rare",
  events: ["eks:AssociateIdentityProviderConfig"],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(record, context, ["name", "oidc"], [...named(record, "AWS::EKS::Cluster", "name")]),
  runbook: [
    "Find out who runs the issuer: whoever gets its tokens can sign in to the cluster, outside IAM and CloudTrail.",
    "Read the cluster's role bindings for that provider's groups and users.",
    "Disassociate it (aws eks disassociate-identity-provider-config) if nobody can explain it.",
  ],
  falsePositives: ["A platform team that lets people sign in to clusters through their identity provider."],
  references: [
    "https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html",
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_AssociateIdentityProviderConfig.html",
  ],
};
