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
    "Ask the actor whose network it is: in it, the zone's names win over those of the internet, amazonaws.com among them.",
    "Take it apart again (DisassociateVPCFromHostedZone, DeleteVPCAssociationAuthorization) if nobody knows it.",
    "Look at the zone's records: do they send your own services elsewhere?",
  ],
  falsePositives: ["A new network that is set up by hand."],
  references: [
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_AssociateVPCWithHostedZone.html",
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateVPCAssociationAuthorization.html",
  ],
};
