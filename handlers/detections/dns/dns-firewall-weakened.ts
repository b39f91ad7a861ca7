import { parameterOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { isByHand, named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const dnsFirewallWeakened: Detection = {
  id: "dns-firewall-weakened",
  title: "DNS Firewall weakened",
  severity: "medium",
  attack: { technique: "T1686", before: "T1562.007" },
  tier: "extended",
  noise: "changes",
  events: [
    "route53resolver:DeleteFirewallDomainList",
    "route53resolver:DeleteFirewallRule",
    "route53resolver:DeleteFirewallRuleGroup",
    "route53resolver:DisassociateFirewallRuleGroup",
    "route53resolver:UpdateFirewallConfig",
    "route53resolver:UpdateFirewallDomains",
    "route53resolver:UpdateFirewallRule",
  ],
  remediation: "alert",
  match(record, context) {
    if (!isByHand(record, context)) return undefined;
    if (!weakens(record)) return uninspected(record);
    return {
      evidence: shown(
        record,
        "firewallRuleGroupId",
        "firewallRuleGroupAssociationId",
        "firewallDomainListId",
        "operation",
        "domains",
        "action",
        "firewallFailOpen",
      ),
      resources: [
        ...named(record, "AWS::Route53Resolver::FirewallRuleGroup", "firewallRuleGroupId"),
        ...named(record, "AWS::Route53Resolver::FirewallDomainList", "firewallDomainListId"),
      ],
    };
  },
  runbook: [
    "Find out which domains the VPC's machines can now look up: tunnels and command servers use DNS.",
    "Restore the rule, list or association from its template.",
    "Read the query log for unusual domains since then.",
  ],
  falsePositives: ["A rule that blocked something harmless, taken out by the network team."],
  references: [
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html",
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_UpdateFirewallDomains.html",
  ],
};

function weakens(record: CloudTrailRecord): boolean {
  switch (nameOf(record)) {
    case "UpdateFirewallDomains":
      return parameterOf(record, "operation") !== "ADD";
    case "UpdateFirewallRule": {
      const action = parameterOf(record, "action");
      return action === "ALLOW" || action === "ALERT";
    }
    case "UpdateFirewallConfig":
      return parameterOf(record, "firewallFailOpen") === "ENABLED";
    default:
      return true;
  }
}
