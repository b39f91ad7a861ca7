import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a service",
    record: call("organizations:EnableAWSServiceAccess", {
      servicePrincipal: "member.org.stacksets.cloudformation.amazonaws.com",
    }),
    evidence: "requestParameters.servicePrincipal",
  },
  { name: "stack sets", record: call("cloudformation:ActivateOrganizationsAccess", null) },
  { name: "credentials of root", record: call("iam:EnableOrganizationsRootCredentialsManagement", null) },
  { name: "sessions as root", record: call("iam:EnableOrganizationsRootSessions", null) },
  { name: "shares", record: call("ram:EnableSharingWithAwsOrganization", null) },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
