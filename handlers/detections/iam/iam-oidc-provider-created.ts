import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { ofCluster } from "../readers/federation";
import { matchesAny } from "../../pattern";
import { textParameterOf } from "../../cloudtrail/parameters";

export const iamOidcProviderCreated: Detection = {
  id: "iam-oidc-provider-created",
  title: "OIDC provider created",
  severity: "high",
  attack: { technique: "T1484.002" },
  tier: "core",
  noise: "changes",
  events: ["iam:CreateOpenIDConnectProvider"],
  remediation: "inverse",
  match(record, context) {
    const url = textParameterOf(record, "url") ?? "";
    const host = url.replace(/^https:\/\//, "");
    const patterns = context.allowedIdentityProviders.map((pattern) => pattern.replace(/^https:\/\//, ""));
    if (matchesAny(patterns, host)) return undefined;
    return {
      evidence: evidenceAt(record, "requestParameters.url", "requestParameters.clientIDList"),
      resources: resourcesOf(
        "AWS::IAM::OIDCProvider",
        valueAt(record, "responseElements.openIDConnectProviderArn") ?? url,
      ),
      // Its ID does not say whose cluster it is; every one of this account needs a provider.
      ...(ofCluster.test(host) ? { severity: "medium" } : {}),
    };
  },
  runbook: [
    "Find out who runs the issuer of that URL; add it to `allowedIdentityProviders` if it is known.",
    "List the roles that trust it: without a condition on `sub`, anybody with a token from that issuer can assume them.",
    "If nobody can explain it, delete the provider and look for AssumeRoleWithWebIdentity calls since then.",
  ],
  falsePositives: [
    "A new EKS cluster (reported as medium), or the first pipeline that signs in from GitHub, GitLab or another CI.",
  ],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html",
  ],
};
