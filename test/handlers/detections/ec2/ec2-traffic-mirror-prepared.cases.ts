import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a target",
    record: call(
      "ec2:CreateTrafficMirrorTarget",
      { CreateTrafficMirrorTargetRequest: { NetworkInterfaceId: "eni-1", Description: "x" } },
      {
        responseElements: {
          CreateTrafficMirrorTargetResponse: { trafficMirrorTarget: { trafficMirrorTargetId: "tmt-1" } },
        },
      },
    ),
    evidence: "requestParameters.CreateTrafficMirrorTargetRequest.NetworkInterfaceId",
    resources: ["tmt-1"],
  },
  {
    name: "a filter",
    record: call("ec2:CreateTrafficMirrorFilter", { CreateTrafficMirrorFilterRequest: "" }),
  },
  {
    name: "a rule",
    record: call("ec2:CreateTrafficMirrorFilterRule", {
      CreateTrafficMirrorFilterRuleRequest: {
        TrafficMirrorFilterId: "tmf-1",
        TrafficDirection: "ingress",
        RuleAction: "accept",
        SourceCidrBlock: "0.0.0.0/0",
        DestinationCidrBlock: "0.0.0.0/0",
      },
    }),
    resources: ["tmf-1"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
