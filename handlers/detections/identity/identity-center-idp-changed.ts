import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

const names = [
  "AssociateDirectory",
  "CreateBearerToken",
  "CreateExternalIdPConfigurationForDirectory",
  "CreateProvisioningTenant",
  "DisableExternalIdPConfigurationForDirectory",
  "DisassociateDirectory",
  "EnableExternalIdPConfigurationForDirectory",
  "ImportExternalIdPCertificate",
];

export const identityCenterIdpChanged: Detection = {
  id: "identity-center-idp-changed",
  title: "Identity Center identity source changed",
  severity: "high",
  attack: { technique: "T1556" },
  tier: "extended",
  noise: "rare",
  events: ["sso", "sso-directory"].flatMap((source) => names.map((name) => `${source}:${name}`)),
  remediation: "alert",
  match(record) {
    return {
      evidence: evidenceAt(record, "requestParameters.directoryId", "requestParameters.directoryType"),
      resources: resourcesOf("AWS::SSO::Directory", valueAt(record, "requestParameters.directoryId")),
    };
  },
  runbook: [
    "Open the settings of IAM Identity Center: which identity source and which certificate are set now?",
    "If it was not planned, restore it: whoever runs the identity source can sign in as anybody, in every account.",
    "List sign-ins and role sessions since then, and end those you cannot explain.",
  ],
  falsePositives: ["A planned change of the company's identity provider."],
  references: [
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/manage-your-identity-source.html",
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/logging-using-cloudtrail.html",
  ],
};
