import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const organizationDelegatedAdministratorRegistered: Detection = {
  id: "organization-delegated-administrator-registered",
  title: "Account made delegated administrator of a service",
  severity: "high",
  attack: { technique: "T1098.003" },
  tier: "extended",
  noise: "rare",
  events: [
    "cloudtrail:RegisterOrganizationDelegatedAdmin",
    "detective:EnableOrganizationAdminAccount",
    "fms:AssociateAdminAccount",
    "guardduty:EnableOrganizationAdminAccount",
    "inspector2:EnableDelegatedAdminAccount",
    "macie2:EnableOrganizationAdminAccount",
    "organizations:RegisterDelegatedAdministrator",
    "securityhub:EnableOrganizationAdminAccount",
  ],
  remediation: "inverse",
  match: (record, context) =>
    calledByHand(record, context, [
      "accountId",
      "adminAccountId",
      "delegatedAdminAccountId",
      "memberAccountId",
      "adminAccount",
      "servicePrincipal",
    ]),
  runbook: [
    "Ask the actor why this account: it may now act for the service in every account of the organization.",
    "Revoke it (DeregisterDelegatedAdministrator or the service's equivalent) if nobody knows why.",
    "Look at what the account did since then, above all with Identity Center or stack sets.",
  ],
  falsePositives: ["A security or tools account that is being set up."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeregisterDelegatedAdministrator.html",
  ],
};
