import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "deleted",
    record: call("network-firewall:DeleteFirewall", { firewallName: "edge" }),
    evidence: "requestParameters.firewallName",
    resources: ["edge"],
  },
  {
    name: "its policy",
    record: call("network-firewall:DeleteFirewallPolicy", { firewallPolicyName: "p" }),
    resources: ["p"],
  },
  {
    name: "its rules",
    record: call("network-firewall:DeleteRuleGroup", { ruleGroupName: "r" }),
    resources: ["r"],
  },
  {
    name: "out of subnets",
    record: call("network-firewall:DisassociateSubnets", { firewallName: "edge", subnetIds: ["subnet-1"] }),
    evidence: "requestParameters.subnetIds",
  },
  {
    name: "unprotected",
    record: call("network-firewall:UpdateFirewallDeleteProtection", {
      firewallName: "edge",
      deleteProtection: false,
    }),
    evidence: "requestParameters.deleteProtection",
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "protected",
      record: call("network-firewall:UpdateFirewallDeleteProtection", {
        firewallName: "edge",
        deleteProtection: true,
      }),
    },
  ],
};
