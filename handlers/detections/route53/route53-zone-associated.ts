import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const route53ZoneAssociated: Detection = {
  id: "route53-zone-associated",
  title: "Private DNS zone associated with another network",
  severity: "medium",
  attack: { technique: "T1557" },
  tier: "extended",
  noise: "work",
  events: ["route53:AssociateVPCWithHostedZone", "route53:CreateVPCAssociationAuthorization"],
  remediation: "inverse",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["hostedZoneId", "vPC", "comment"],
      named(record, "AWS::Route53::HostedZone", "hostedZoneId"),
    ),
  runbook: [
    "Ask the actor whose network it is: inside it, the zone's names override those on the internet, even amazonaws.com.",
    "Disassociate it (DisassociateVPCFromHostedZone, DeleteVPCAssociationAuthorization) if nobody can explain it.",
    "Look at the zone's records: do they send your own services elsewhere?",
  ],
  falsePositives: ["A new network set up by hand."],
  references: [
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_AssociateVPCWithHostedZone.html",
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateVPCAssociationAuthorization.html",
  ],
};
