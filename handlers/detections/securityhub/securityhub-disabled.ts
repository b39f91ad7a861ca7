import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";

export const securityhubDisabled: Detection = {
  id: "securityhub-disabled",
  title: "Security Hub disabled",
  severity: "high",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "core",
  noise: "rare",
  events: [
    "securityhub:BatchDisableStandards",
    "securityhub:DisableSecurityHub",
    "securityhub:DisassociateFromAdministratorAccount",
  ],
  remediation: "inverse",
  match(record) {
    return {
      evidence: evidenceAt(record, "requestParameters.StandardsSubscriptionArns"),
      resources: resourcesOf("AWS::SecurityHub::Hub", record.awsRegion),
    };
  },
  runbook: [
    "Enable Security Hub or the standards again in the region of the event, and check that the account reports to its administrator account.",
    "Check in the administrator account whether other accounts or regions went silent at the same time.",
    "Review the actor's calls afterwards: what would the controls have reported?",
  ],
  falsePositives: [
    "Central configuration that replaces standards; an account that changes its administrator account.",
  ],
  references: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-disable.html",
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DisableSecurityHub.html",
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchDisableStandards.html",
  ],
};
