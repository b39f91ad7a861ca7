import type { Detection } from "../detection";
import { isFalse, parameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const networkFirewallRemoved: Detection = {
  id: "network-firewall-removed",
  title: "Network firewall removed or left unprotected",
  severity: "medium",
  attack: { technique: "T1686.001", before: "T1562.007" },
  tier: "extended",
  noise: "rare",
  events: [
    "network-firewall:DeleteFirewall",
    "network-firewall:DeleteFirewallPolicy",
    "network-firewall:DeleteRuleGroup",
    "network-firewall:DisassociateSubnets",
    "network-firewall:UpdateFirewallDeleteProtection",
  ],
  remediation: "alert",
  match(record, context) {
    if (
      nameOf(record) === "UpdateFirewallDeleteProtection" &&
      !isFalse(parameterOf(record, "deleteProtection"))
    )
      return uninspected(record);
    return calledByHand(
      record,
      context,
      ["firewallName", "firewallArn", "firewallPolicyName", "ruleGroupName", "subnetIds", "deleteProtection"],
      [
        ...named(record, "AWS::NetworkFirewall::Firewall", "firewallName", "firewallArn"),
        ...named(record, "AWS::NetworkFirewall::FirewallPolicy", "firewallPolicyName"),
        ...named(record, "AWS::NetworkFirewall::RuleGroup", "ruleGroupName"),
      ],
    );
  },
  runbook: [
    "Recreate it from its template unless the network team gave it up, and look at the routes that led through it.",
    "Look in the flow logs at what went in and out since then.",
    "Enable deletion protection for the firewall.",
  ],
  falsePositives: ["A network that is rebuilt."],
  references: [
    "https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_DeleteFirewall.html",
    "https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_UpdateFirewallDeleteProtection.html",
  ],
};
