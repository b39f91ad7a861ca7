import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a service",
    record: call("organizations:DisableAWSServiceAccess", { servicePrincipal: "cloudtrail.amazonaws.com" }),
    evidence: "requestParameters.servicePrincipal",
  },
  {
    name: "an administrator",
    record: call("organizations:DeregisterDelegatedAdministrator", {
      accountId: "444455556666",
      servicePrincipal: "guardduty.amazonaws.com",
    }),
  },
  {
    name: "a unit",
    record: call("organizations:DeleteOrganizationalUnit", { organizationalUnitId: "ou-1" }),
    evidence: "requestParameters.organizationalUnitId",
  },
  { name: "all of it", record: call("organizations:DeleteOrganization", null) },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
