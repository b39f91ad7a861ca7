import type { Detection } from "../detection";
import { textParameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const vpcPublicAccessBlockRemoved: Detection = {
  id: "vpc-public-access-block-removed",
  title: "Public access block of VPCs switched off",
  severity: "high",
  attack: { technique: "T1686.001" },
  tier: "extended",
  noise: "rare",
  events: [
    "ec2:CreateVpcBlockPublicAccessExclusion",
    "ec2:ModifyVpcBlockPublicAccessExclusion",
    "ec2:ModifyVpcBlockPublicAccessOptions",
  ],
  remediation: "alert",
  match(record, context) {
    const exclusion = textParameterOf(record, "internetGatewayExclusionMode");
    const isForAll = nameOf(record) === "ModifyVpcBlockPublicAccessOptions";
    const opens = isForAll
      ? textParameterOf(record, "internetGatewayBlockMode") === "off"
      : exclusion === "allow-bidirectional";
    if (!opens) return uninspected(record);
    const match = calledByHand(
      record,
      context,
      ["internetGatewayBlockMode", "internetGatewayExclusionMode"],
      [
        ...named(record, "AWS::EC2::VPC", "vpcId"),
        ...named(record, "AWS::EC2::Subnet", "subnetId"),
        ...named(record, "AWS::EC2::VPCBlockPublicAccessExclusion", "exclusionId"),
      ],
    );
    if (match === undefined || isForAll) return match;
    return { ...match, title: "Network excluded from the public access block of VPCs", severity: "medium" };
  },
  runbook: [
    "Block again (ModifyVpcBlockPublicAccessOptions), or delete the exclusion, unless the network's owner needs it.",
    "Look for new internet gateways, routes and public addresses since then.",
    "Prevent it with a declarative policy of the organization.",
  ],
  falsePositives: ["A network that is made public on purpose."],
  references: [
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcBlockPublicAccessOptions.html",
  ],
};
