import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a group",
    record: call("route53resolver:DeleteFirewallRuleGroup", { firewallRuleGroupId: "g-1" }),
    evidence: "requestParameters.firewallRuleGroupId",
    resources: ["g-1"],
  },
  {
    name: "a VPC let go",
    record: call("route53resolver:DisassociateFirewallRuleGroup", { firewallRuleGroupAssociationId: "a-1" }),
  },
  {
    name: "a rule",
    record: call("route53resolver:DeleteFirewallRule", {
      firewallRuleGroupId: "g-1",
      firewallDomainListId: "l-1",
    }),
    resources: ["g-1", "l-1"],
  },
  {
    name: "a list",
    record: call("route53resolver:DeleteFirewallDomainList", { firewallDomainListId: "l-1" }),
  },
  {
    name: "domains taken out",
    record: call("route53resolver:UpdateFirewallDomains", {
      firewallDomainListId: "l-1",
      operation: "REMOVE",
      domains: ["evil.example"],
    }),
    evidence: "requestParameters.operation",
  },
  {
    name: "domains replaced",
    record: call("route53resolver:UpdateFirewallDomains", {
      firewallDomainListId: "l-1",
      operation: "REPLACE",
    }),
  },
  {
    name: "a rule that lets through",
    record: call("route53resolver:UpdateFirewallRule", { action: "ALLOW" }),
  },
  {
    name: "open on failure",
    record: call("route53resolver:UpdateFirewallConfig", { firewallFailOpen: "ENABLED" }),
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    { name: "domains added", record: call("route53resolver:UpdateFirewallDomains", { operation: "ADD" }) },
    { name: "a rule that blocks", record: call("route53resolver:UpdateFirewallRule", { action: "BLOCK" }) },
    {
      name: "closed on failure",
      record: call("route53resolver:UpdateFirewallConfig", { firewallFailOpen: "DISABLED" }),
    },
  ],
};
