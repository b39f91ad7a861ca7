import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a VPC",
    record: call(
      "ec2:CreateDefaultVpc",
      { CreateDefaultVpcRequest: "" },
      { responseElements: { vpc: { vpcId: "vpc-1" } } },
    ),
    evidence: "responseElements.vpc.vpcId",
  },
  {
    name: "a subnet",
    record: call("ec2:CreateDefaultSubnet", {
      CreateDefaultSubnetRequest: { AvailabilityZone: "eu-west-1a" },
    }),
    evidence: "requestParameters.CreateDefaultSubnetRequest.AvailabilityZone",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
