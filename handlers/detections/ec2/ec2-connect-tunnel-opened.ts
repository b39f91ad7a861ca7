import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const ec2ConnectTunnelOpened: Detection = {
  id: "ec2-connect-tunnel-opened",
  title: "Tunnel to a private instance opened",
  severity: "medium",
  attack: { technique: "T1021.008" },
  tier: "extended",
  noise: "work",
  events: ["ec2-instance-connect:OpenTunnel", "ec2:CreateInstanceConnectEndpoint"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["instanceConnectEndpointId", "privateIpAddress", "remotePort", "SubnetId", "SecurityGroupId"],
      [
        ...named(record, "AWS::EC2::InstanceConnectEndpoint", "instanceConnectEndpointId"),
        ...named(record, "AWS::EC2::Subnet", "SubnetId"),
      ],
    ),
  runbook: [
    "Ask the actor which machine they connected to: the endpoint bypasses every bastion and VPN.",
    "Delete the endpoint (DeleteInstanceConnectEndpoint) if nobody can explain it, and end sessions on the instances behind it.",
    "Read the instances' login logs from that time on.",
  ],
  falsePositives: ["Operators using EC2 Instance Connect Endpoint for the first time."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateInstanceConnectEndpoint.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/log-ec2-instance-connect-endpoint-using-cloudtrail.html",
  ],
};
