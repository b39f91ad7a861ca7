import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const hits: Case[] = [
  {
    name: "route53domains DeleteDomain",
    record: call("route53domains:DeleteDomain", { domainName: "example.com" }),
    evidence: "requestParameters.domainName",
  },
  {
    name: "route53domains DisableDomainAutoRenew",
    record: call("route53domains:DisableDomainAutoRenew", { domainName: "example.com" }),
    evidence: "requestParameters.domainName",
  },
  {
    name: "route53domains DisassociateDelegationSignerFromDomain",
    record: call("route53domains:DisassociateDelegationSignerFromDomain", {
      domainName: "example.com",
      id: "k",
    }),
    evidence: "requestParameters.domainName",
  },
  {
    name: "route53domains RetrieveDomainAuthCode",
    record: call("route53domains:RetrieveDomainAuthCode", { domainName: "example.com" }),
    evidence: "requestParameters.domainName",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
