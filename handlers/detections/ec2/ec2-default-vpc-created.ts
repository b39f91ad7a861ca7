import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const ec2DefaultVpcCreated: Detection = {
  id: "ec2-default-vpc-created",
  title: "Default VPC or subnet created",
  severity: "low",
  attack: { technique: "T1578" },
  tier: "extended",
  noise: "work",
  events: ["ec2:CreateDefaultSubnet", "ec2:CreateDefaultVpc"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(record, context, [
      "AvailabilityZone",
      "responseElements.vpc.vpcId",
      "responseElements.subnet.subnetId",
    ]),
  runbook: [
    "Ask the actor what will run there; every subnet of a default VPC has a route to the internet, which is what miners need in an unused region.",
    "Delete the VPC if nobody can explain it, after checking what runs in it.",
    "Look in every region for instances and VPCs by the same actor.",
  ],
  falsePositives: ["A person trying something out in a region whose default VPC was deleted."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDefaultVpc.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDefaultSubnet.html",
  ],
};
