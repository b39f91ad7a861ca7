import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const request = (name: string, fields: object) => call(`ec2:${name}`, { [`${name}Request`]: fields });

const hits: Case[] = [
  {
    name: "off",
    record: request("ModifyVpcBlockPublicAccessOptions", { InternetGatewayBlockMode: "off" }),
    evidence: "requestParameters.ModifyVpcBlockPublicAccessOptionsRequest.InternetGatewayBlockMode",
  },
  {
    name: "a network left out",
    record: request("CreateVpcBlockPublicAccessExclusion", {
      VpcId: "vpc-1",
      InternetGatewayExclusionMode: "allow-bidirectional",
    }),
    severity: "medium",
    resources: ["vpc-1"],
  },
  {
    name: "a network left out in both directions",
    record: request("ModifyVpcBlockPublicAccessExclusion", {
      ExclusionId: "vpcbpa-exclude-1",
      InternetGatewayExclusionMode: "allow-bidirectional",
    }),
    severity: "medium",
    resources: ["vpcbpa-exclude-1"],
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "on",
      record: request("ModifyVpcBlockPublicAccessOptions", { InternetGatewayBlockMode: "block-ingress" }),
    },
    {
      name: "out only",
      record: request("CreateVpcBlockPublicAccessExclusion", {
        SubnetId: "subnet-1",
        InternetGatewayExclusionMode: "allow-egress",
      }),
    },
    {
      name: "changed to out only",
      record: request("ModifyVpcBlockPublicAccessExclusion", {
        ExclusionId: "vpcbpa-exclude-1",
        InternetGatewayExclusionMode: "allow-egress",
      }),
    },
  ],
};
