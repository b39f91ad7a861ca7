import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isInvokedBy, isServiceLinkedRole } from "../readers/principal";
import { textParameterOf } from "../../cloudtrail/parameters";

export const iamSamlProviderChanged: Detection = {
  id: "iam-saml-provider-changed",
  title: "SAML provider created, updated or deleted",
  severity: "high",
  attack: { technique: "T1484.002" },
  tier: "core",
  noise: "rare",
  events: ["iam:CreateSAMLProvider", "iam:DeleteSAMLProvider", "iam:UpdateSAMLProvider"],
  remediation: "contain",
  match(record) {
    // IAM Identity Center keeps its own provider in every account.
    const isIdentityCenter =
      isInvokedBy(record, ["sso.amazonaws.com"]) || isServiceLinkedRole(record, "AWSServiceRoleForSSO");
    if (isIdentityCenter) return undefined;
    return {
      evidence: evidenceAt(record, "requestParameters.name", "requestParameters.sAMLProviderArn"),
      resources: resourcesOf(
        "AWS::IAM::SAMLProvider",
        textParameterOf(record, "sAMLProviderArn") ?? valueAt(record, "responseElements.sAMLProviderArn"),
      ),
    };
  },
  runbook: [
    "Read the provider's metadata (aws iam get-saml-provider): whose identity provider and certificate are these?",
    "If it is not yours, delete it or restore the earlier metadata: whoever holds its key can sign in as any role that trusts it.",
    "List the roles that trust the provider, and AssumeRoleWithSAML calls since then.",
  ],
  falsePositives: ["The yearly renewal of the identity provider's certificate; the set-up of a new one."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_saml.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html",
  ],
};
