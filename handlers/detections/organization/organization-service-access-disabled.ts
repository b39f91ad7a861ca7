import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const organizationServiceAccessDisabled: Detection = {
  id: "organization-service-access-disabled",
  title: "Service or administrator taken out of the organization",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: [
    "organizations:DeleteOrganization",
    "organizations:DeleteOrganizationalUnit",
    "organizations:DeregisterDelegatedAdministrator",
    "organizations:DisableAWSServiceAccess",
  ],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(record, context, ["servicePrincipal", "accountId", "organizationalUnitId"]),
  runbook: [
    "Ask the actor why: an organization's trail, GuardDuty and Config end in every account where their service loses its access.",
    "Give it back (EnableAWSServiceAccess, RegisterDelegatedAdministrator) if nobody knows why.",
    "Look at what stopped in the accounts since.",
  ],
  falsePositives: ["A service that is given up, and a move to another security account."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisableAWSServiceAccess.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeregisterDelegatedAdministrator.html",
  ],
};
