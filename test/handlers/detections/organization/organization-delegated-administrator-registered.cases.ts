import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "cloudtrail RegisterOrganizationDelegatedAdmin",
    record: call("cloudtrail:RegisterOrganizationDelegatedAdmin", { memberAccountId: "444455556666" }),
    evidence: "requestParameters.memberAccountId",
  },
  {
    name: "detective EnableOrganizationAdminAccount",
    record: call("detective:EnableOrganizationAdminAccount", { accountId: "444455556666" }),
    evidence: "requestParameters.accountId",
  },
  {
    name: "fms AssociateAdminAccount",
    record: call("fms:AssociateAdminAccount", { adminAccount: "444455556666" }),
    evidence: "requestParameters.adminAccount",
  },
  {
    name: "guardduty EnableOrganizationAdminAccount",
    record: call("guardduty:EnableOrganizationAdminAccount", { adminAccountId: "444455556666" }),
    evidence: "requestParameters.adminAccountId",
  },
  {
    name: "inspector2 EnableDelegatedAdminAccount",
    record: call("inspector2:EnableDelegatedAdminAccount", { delegatedAdminAccountId: "444455556666" }),
    evidence: "requestParameters.delegatedAdminAccountId",
  },
  {
    name: "macie2 EnableOrganizationAdminAccount",
    record: call("macie2:EnableOrganizationAdminAccount", { adminAccountId: "444455556666" }),
    evidence: "requestParameters.adminAccountId",
  },
  {
    name: "organizations RegisterDelegatedAdministrator",
    record: call("organizations:RegisterDelegatedAdministrator", {
      accountId: "444455556666",
      servicePrincipal: "sso.amazonaws.com",
    }),
    evidence: "requestParameters.accountId",
  },
  {
    name: "securityhub EnableOrganizationAdminAccount",
    record: call("securityhub:EnableOrganizationAdminAccount", { adminAccountId: "444455556666" }),
    evidence: "requestParameters.adminAccountId",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
