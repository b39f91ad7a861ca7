import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a resolver's rule",
    record: call("route53resolver:CreateResolverRule", {
      domainName: "example.com",
      ruleType: "FORWARD",
      targetIps: [{ ip: "198.51.100.7" }],
    }),
    evidence: "requestParameters.targetIps",
  },
  {
    name: "a resolver's rule for a network",
    record: call("route53resolver:AssociateResolverRule", { resolverRuleId: "r", vPCId: "vpc-1" }),
  },
  {
    name: "an address",
    record: call("route53:ChangeResourceRecordSets", {
      hostedZoneId: "Z1",
      changeBatch: {
        changes: [{ action: "UPSERT", resourceRecordSet: { name: "www.example.com", type: "A" } }],
      },
    }),
    evidence: "requestParameters.changeBatch",
    resources: ["Z1"],
  },
  {
    name: "mail",
    record: call("route53:ChangeResourceRecordSets", {
      hostedZoneId: "Z1",
      changeBatch: {
        changes: [{ action: "UPSERT", resourceRecordSet: { name: "example.com", type: "MX" } }],
      },
    }),
    severity: "medium",
  },
  { name: "a zone", record: call("route53:CreateHostedZone", { name: "example.net" }) },
  { name: "a zone deleted", record: call("route53:DeleteHostedZone", { id: "Z1" }), resources: ["Z1"] },
  {
    name: "name servers",
    record: call("route53domains:UpdateDomainNameservers", {
      domainName: "example.com",
      nameservers: [{ name: "ns.example.net" }],
    }),
    severity: "medium",
    resources: ["example.com"],
  },
  { name: "a contact", record: call("route53domains:UpdateDomainContact", { domainName: "example.com" }) },
  {
    name: "a domain",
    record: call("route53domains:RegisterDomain", { domainName: "examp1e.com" }),
    evidence: "requestParameters.domainName",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
