import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const organizationServiceAccessEnabled: Detection = {
  id: "organization-service-access-enabled",
  title: "Service given access to the whole organization",
  severity: "medium",
  attack: { technique: "T1098.003" },
  tier: "extended",
  noise: "rare",
  events: [
    "cloudformation:ActivateOrganizationsAccess",
    "iam:EnableOrganizationsRootCredentialsManagement",
    "iam:EnableOrganizationsRootSessions",
    "organizations:EnableAWSServiceAccess",
    "ram:EnableSharingWithAwsOrganization",
  ],
  remediation: "alert",
  match: (record, context) => calledByHand(record, context, ["servicePrincipal"]),
  runbook: [
    "Ask the actor what the service will do in every account of the organization.",
    "Revoke the access (DisableAWSServiceAccess) if nobody can explain it.",
    "Look at what was done with it: stack sets, sessions as root, shares.",
  ],
  falsePositives: ["A service that is rolled out to all accounts."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnableAWSServiceAccess.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html",
  ],
};
