import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";

describe("route53-zone-associated", () => {
  const HostedZoneId = "Z0A1B2C3D4E5F6";
  const VPC = { VPCId: "vpc-0a1b2c3d", VPCRegion: region };
  const own = {
    requestParameters: { hostedZoneId: HostedZoneId, vPC: { vPCId: VPC.VPCId, vPCRegion: region } },
  };
  const associated = (live: unknown) =>
    plannedFor(
      "route53-zone-associated",
      "route53:AssociateVPCWithHostedZone",
      own,
      { aws: { "route53:GetHostedZone": live as never } },
      "us-east-1",
    );
  const authorized = (live: unknown) =>
    plannedFor(
      "route53-zone-associated",
      "route53:CreateVPCAssociationAuthorization",
      own,
      { aws: { "route53:ListVPCAssociationAuthorizations": live as never } },
      "us-east-1",
    );

  it("takes zone and network apart, and takes an authorization back", async () => {
    expectPlan(
      await associated({ VPCs: [VPC, { VPCId: "vpc-other", VPCRegion: region }] }),
      [["DisassociateVPCFromHostedZone", { HostedZoneId, VPC }]],
      [["AssociateVPCWithHostedZone", { HostedZoneId, VPC }]],
    );
    expectPlan(
      await authorized({ VPCs: [VPC] }),
      [["DeleteVPCAssociationAuthorization", { HostedZoneId, VPC }]],
      [["CreateVPCAssociationAuthorization", { HostedZoneId, VPC }]],
    );
  });

  it("leaves what is apart or gone, and the zone's only network", async () => {
    expectOutcome(await associated({ VPCs: [{ VPCId: "vpc-other" }] }), "already-ok");
    expectOutcome(await authorized(failing("NoSuchHostedZone")), "already-ok");
    expectOutcome(await associated({ VPCs: [VPC] }), "refused");
  });
});
