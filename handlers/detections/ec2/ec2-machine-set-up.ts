import type { Detection } from "../detection";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";
import { principalKeyOf } from "../readers/principal";

export const ec2MachineSetUp: Detection = {
  id: "ec2-machine-set-up",
  title: "Machine with its own network and login set up within minutes",
  severity: "low",
  attack: { technique: "T1578.002" },
  tier: "extended",
  noise: "work",
  events: [
    "ec2:AssociateAddress",
    "ec2:AuthorizeSecurityGroupEgress",
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:CreateDefaultVpc",
    "ec2:CreateKeyPair",
    "ec2:CreateNetworkAcl",
    "ec2:CreateSecurityGroup",
    "ec2:CreateVpc",
    "ec2:ImportKeyPair",
    "ec2:RunInstances",
  ],
  remediation: "alert",
  burst: {
    windowMinutes: 30,
    threshold: 5,
    countedBy: principalKeyOf,
    distinct: (record) => [nameOf(record)],
  },
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["keyName", "groupName", "groupId", "instanceType", "imageId", "vpcId", "cidrBlock"],
      [
        ...named(record, "AWS::EC2::KeyPair", "keyName"),
        ...named(record, "AWS::EC2::SecurityGroup", "groupId", "groupName"),
      ],
    ),
  runbook: [
    "Ask the actor what the machine is for; somebody with a stolen key creates a network, a login and machines within minutes.",
    "Stop the instances if nobody can explain them, and keep their disks for the investigation.",
    "Look in every region for the same by this actor, and revoke their permissions.",
  ],
  falsePositives: ["A person trying something out, and infrastructure as code that is not in `automation`."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
    "https://repost.aws/knowledge-center/potential-account-compromise",
  ],
};
