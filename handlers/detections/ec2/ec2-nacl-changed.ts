import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const ec2NaclChanged: Detection = {
  id: "ec2-nacl-changed",
  title: "Network ACL created, replaced or deleted",
  severity: "low",
  attack: { technique: "T1686.001", before: "T1562.007" },
  tier: "extended",
  noise: "work",
  events: [
    "ec2:CreateNetworkAcl",
    "ec2:DeleteNetworkAcl",
    "ec2:DeleteNetworkAclEntry",
    "ec2:ReplaceNetworkAclAssociation",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["networkAclId", "vpcId", "associationId", "ruleNumber", "egress"],
      [...named(record, "AWS::EC2::NetworkAcl", "networkAclId"), ...named(record, "AWS::EC2::VPC", "vpcId")],
    ),
  runbook: [
    "Ask the actor what it now allows or blocks.",
    "Compare the subnets' ACLs with their template, and revert what nobody can explain.",
    "Look at the flow logs for traffic since then.",
  ],
  falsePositives: ["A network that is changed by hand."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAcl.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclAssociation.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAclEntry.html",
  ],
};
