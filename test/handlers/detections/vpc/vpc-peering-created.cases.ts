import { type Cases, call, otherAccount } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "asked for",
      record: call(
        "ec2:CreateVpcPeeringConnection",
        { vpcId: "vpc-1", peerVpcId: "vpc-2", peerOwnerId: "444455556666" },
        { responseElements: { vpcPeeringConnection: { vpcPeeringConnectionId: "pcx-1" } } },
      ),
      evidence: "requestParameters.peerVpcId",
      resources: ["vpc-1", "pcx-1"],
    },
    {
      name: "accepted",
      record: call(
        "ec2:AcceptVpcPeeringConnection",
        { vpcPeeringConnectionId: "pcx-1" },
        {
          responseElements: {
            vpcPeeringConnection: {
              requesterVpcInfo: { ownerId: otherAccount },
              accepterVpcInfo: { ownerId: "111122223333" },
            },
          },
        },
      ),
      resources: ["pcx-1"],
    },
    {
      name: "a gateway",
      record: call("ec2:CreateTransitGatewayPeeringAttachment", {
        CreateTransitGatewayPeeringAttachmentRequest: { PeerAccountId: "444455556666" },
      }),
    },
    {
      name: "to a gateway",
      record: call(
        "ec2:AcceptTransitGatewayVpcAttachment",
        { AcceptTransitGatewayVpcAttachmentRequest: { TransitGatewayAttachmentId: "tgw-1" } },
        {
          responseElements: {
            AcceptTransitGatewayVpcAttachmentResponse: {
              transitGatewayVpcAttachment: { vpcOwnerId: otherAccount },
            },
          },
        },
      ),
    },
  ],
  quiet: [
    {
      name: "within the account",
      record: call("ec2:CreateVpcPeeringConnection", {
        vpcId: "vpc-1",
        peerVpcId: "vpc-2",
        peerOwnerId: "111122223333",
      }),
    },
    {
      name: "a trusted account",
      record: call(
        "ec2:AcceptVpcPeeringConnection",
        { vpcPeeringConnectionId: "pcx-1" },
        { responseElements: { vpcPeeringConnection: { requesterVpcInfo: { ownerId: otherAccount } } } },
      ),
      context: { trustedAccounts: [otherAccount] },
    },
    {
      name: "a gateway of this account",
      record: call("ec2:CreateTransitGatewayPeeringAttachment", {
        CreateTransitGatewayPeeringAttachmentRequest: { PeerAccountId: "111122223333" },
      }),
    },
    {
      name: "this account to a gateway",
      record: call("ec2:AcceptTransitGatewayVpcAttachment", { AcceptTransitGatewayVpcAttachmentRequest: {} }),
    },
  ],
};
