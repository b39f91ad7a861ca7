import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const organizationServiceAccessDisabled: Detection = {
  id: "organization-service-access-disabled",
  title: "Service or delegated administrator removed from the organization",
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
    "Ask the actor why: an organization's trail, GuardDuty and Config stop in every account when their service loses its access.",
    "Restore it (EnableAWSServiceAccess, RegisterDelegatedAdministrator) if nobody knows why.",
    "Look at what stopped in the accounts since then.",
  ],
  falsePositives: ["A service that is retired, and a move to another security account."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisableAWSServiceAccess.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeregisterDelegatedAdministrator.html",
  ],
};
