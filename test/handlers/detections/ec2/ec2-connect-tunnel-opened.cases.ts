import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a tunnel",
    record: call("ec2-instance-connect:OpenTunnel", {
      instanceConnectEndpointId: "eice-0a1b",
      remotePort: "22",
      privateIpAddress: "10.0.1.7",
    }),
    evidence: "requestParameters.privateIpAddress",
    resources: ["eice-0a1b"],
  },
  {
    name: "an endpoint",
    record: call("ec2:CreateInstanceConnectEndpoint", {
      CreateInstanceConnectEndpointRequest: {
        SubnetId: "subnet-1",
        SecurityGroupId: { tag: 1, content: "sg-1" },
      },
    }),
    resources: ["subnet-1"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
