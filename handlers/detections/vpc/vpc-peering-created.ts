import type { Detection } from "../detection";
import { parameterOf } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { resourcesOf, shown, valueAt } from "../readers/evidence";
import { accountIn, isForeign } from "../readers/principal";
import { uninspected } from "../readers/uninspected";

export const vpcPeeringCreated: Detection = {
  id: "vpc-peering-created",
  title: "VPC peered with another account",
  severity: "medium",
  attack: { technique: "T1199" },
  tier: "extended",
  noise: "changes",
  events: [
    "ec2:AcceptTransitGatewayVpcAttachment",
    "ec2:AcceptVpcPeeringConnection",
    "ec2:CreateTransitGatewayPeeringAttachment",
    "ec2:CreateVpcPeeringConnection",
  ],
  remediation: "alert",
  match(record, context) {
    const peer = [
      parameterOf(record, "peerOwnerId"),
      parameterOf(record, "PeerAccountId"),
      valueAt(record, "responseElements.vpcPeeringConnection.requesterVpcInfo.ownerId"),
      valueAt(record, "responseElements.vpcPeeringConnection.accepterVpcInfo.ownerId"),
      valueAt(
        record,
        "responseElements.AcceptTransitGatewayVpcAttachmentResponse.transitGatewayVpcAttachment.vpcOwnerId",
      ),
    ].find((account) => isForeign(accountIn(account), context));
    if (peer === undefined) return uninspected(record);
    return {
      evidence: [
        { parameter: "the other account", value: peer, why: "is another account" },
        ...shown(record, "vpcId", "peerVpcId", "vpcPeeringConnectionId"),
      ],
      resources: [
        ...named(record, "AWS::EC2::VPC", "vpcId"),
        ...named(record, "AWS::EC2::VPCPeeringConnection", "vpcPeeringConnectionId"),
        ...resourcesOf(
          "AWS::EC2::VPCPeeringConnection",
          valueAt(record, "responseElements.vpcPeeringConnection.vpcPeeringConnectionId"),
        ),
      ],
    };
  },
  runbook: [
    "Find out whose account it is; if it is yours or a vendor's, add it to `trustedAccounts`.",
    "Delete the connection (DeleteVpcPeeringConnection) if nobody can explain it.",
    "Look at the routes and security groups that let its addresses in.",
  ],
  falsePositives: ["Vendors and sister accounts that are not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcPeeringConnection.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AcceptVpcPeeringConnection.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcPeeringConnection.html",
  ],
};
