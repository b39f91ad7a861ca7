import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const vpcVpnCreated: Detection = {
  id: "vpc-vpn-created",
  title: "VPN created",
  severity: "medium",
  attack: { technique: "T1133" },
  tier: "extended",
  noise: "work",
  events: ["ec2:AuthorizeClientVpnIngress", "ec2:CreateClientVpnEndpoint", "ec2:CreateVpnConnection"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      [
        "customerGatewayId",
        "vpnGatewayId",
        "transitGatewayId",
        "clientCidrBlock",
        "clientVpnEndpointId",
        "targetNetworkCidr",
        "authorizeAllGroups",
      ],
      [
        ...named(record, "AWS::EC2::CustomerGateway", "customerGatewayId"),
        ...named(record, "AWS::EC2::ClientVpnEndpoint", "clientVpnEndpointId"),
      ],
    ),
  runbook: [
    "Ask the network team who is at the other end, and how they sign in.",
    "Delete the connection, endpoint or rule if nobody knows it: it leads past every security group that trusts the VPC.",
    "Read flow logs for traffic from the VPN's addresses since then.",
  ],
  falsePositives: ["A network engineer's first VPN in this account."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnConnection.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateClientVpnEndpoint.html",
  ],
};
