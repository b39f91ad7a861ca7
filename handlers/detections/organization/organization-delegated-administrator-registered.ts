import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const organizationDelegatedAdministratorRegistered: Detection = {
  id: "organization-delegated-administrator-registered",
  title: "Account made administrator of a service in the organization",
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
    "Take it back (DeregisterDelegatedAdministrator and its like) if nobody knows why.",
    "Look at what the account did since, with Identity Center or stack sets above all.",
  ],
  falsePositives: ["A security or tools account that is set up."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeregisterDelegatedAdministrator.html",
  ],
};
