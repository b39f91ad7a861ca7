import type { Detection } from "../detection";
import { fieldOf, objectsOf, parameterOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import { fieldsOf, textOf } from "../../json";
import { calledByHand, named } from "../readers/by-hand";

export const route53RecordsChanged: Detection = {
  id: "route53-records-changed",
  title: "DNS records, zones or domains changed",
  severity: "low",
  attack: { technique: "T1584.002" },
  tier: "extended",
  noise: "work",
  events: [
    "route53:ChangeResourceRecordSets",
    "route53:CreateHostedZone",
    "route53:DeleteHostedZone",
    "route53domains:RegisterDomain",
    "route53domains:UpdateDomainContact",
    "route53domains:UpdateDomainNameservers",
    "route53resolver:AssociateResolverRule",
    "route53resolver:CreateResolverRule",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      ["hostedZoneId", "changeBatch", "name", "id", "domainName", "nameservers", "targetIps", "vPCId"],
      [
        ...named(record, "AWS::Route53::HostedZone", "hostedZoneId", "id"),
        ...named(record, "AWS::Route53Domains::Domain", "domainName"),
      ],
    );
    // Records that decide who serves the whole domain, and who gets its mail.
    if (match && (nameOf(record) === "UpdateDomainNameservers" || changesDelegation(record)))
      match.severity = "medium";
    return match;
  },
  runbook: [
    "Ask the actor which record they changed, and why: a name that leads elsewhere takes logins, mail and certificates with it.",
    "Compare the zone with its intended state, and revert what nobody can explain.",
    "Look in Certificate Transparency for certificates issued for your names since then.",
  ],
  falsePositives: ["A person who changes DNS by hand, and a controller that does so for the first time."],
  references: [
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html",
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html",
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_domains_UpdateDomainNameservers.html",
  ],
};

function changesDelegation(record: CloudTrailRecord): boolean {
  return objectsOf(fieldOf(parameterOf(record, "changeBatch"), "changes")).some((change) =>
    ["NS", "MX", "CAA"].includes(textOf(fieldsOf(change.resourceRecordSet).type) ?? ""),
  );
}
