import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "access to everybody's mail",
    record: call("workmail:CreateImpersonationRole", { organizationId: "m-1", name: "r" }),
  },
  {
    name: "an organization",
    record: call("workmail:CreateOrganization", { alias: "acme-mail" }),
    evidence: "requestParameters.alias",
    resources: ["acme-mail"],
  },
  {
    name: "a domain",
    record: call("workmail:RegisterMailDomain", { organizationId: "m-1", domainName: "example.com" }),
    evidence: "requestParameters.domainName",
  },
  { name: "a user", record: call("workmail:CreateUser", { organizationId: "m-1", name: "ceo" }) },
  {
    name: "a mailbox",
    record: call("workmail:RegisterToWorkMail", { organizationId: "m-1", email: "ceo@example.com" }),
    evidence: "requestParameters.email",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
