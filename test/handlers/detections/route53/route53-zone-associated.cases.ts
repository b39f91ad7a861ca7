import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "associated",
    record: call("route53:AssociateVPCWithHostedZone", {
      hostedZoneId: "Z1",
      vPC: { vPCRegion: "eu-west-1", vPCId: "vpc-1" },
    }),
    evidence: "requestParameters.vPC",
    resources: ["Z1"],
  },
  {
    name: "allowed to others",
    record: call("route53:CreateVPCAssociationAuthorization", {
      hostedZoneId: "Z1",
      vPC: { vPCRegion: "eu-west-1", vPCId: "vpc-2" },
    }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
