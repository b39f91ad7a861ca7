import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const route53DomainTaken: Detection = {
  id: "route53-domain-taken",
  title: "Domain prepared to leave the account, or deleted",
  severity: "high",
  attack: { technique: "T1584.001" },
  tier: "extended",
  noise: "rare",
  events: [
    "route53domains:DeleteDomain",
    "route53domains:DisableDomainAutoRenew",
    "route53domains:DisassociateDelegationSignerFromDomain",
    "route53domains:RetrieveDomainAuthCode",
  ],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["domainName", "id"],
      [...named(record, "AWS::Route53Domains::Domain", "domainName")],
    ),
  runbook: [
    "Ask the domain's owner: with the authorization code anybody can transfer it to another registrar.",
    "Lock the domain (EnableDomainTransferLock), and request another code, which makes the old one void.",
    "Look for changes of contacts, name servers and locks by the same actor.",
  ],
  falsePositives: ["A domain that is sold, given up or moved to another registrar."],
  references: [
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_domains_RetrieveDomainAuthCode.html",
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_domains_DeleteDomain.html",
  ],
};
