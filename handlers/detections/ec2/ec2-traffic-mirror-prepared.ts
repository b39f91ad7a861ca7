import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";
import { resourcesOf, valueAt } from "../readers/evidence";

const target = "responseElements.CreateTrafficMirrorTargetResponse.trafficMirrorTarget.trafficMirrorTargetId";

export const ec2TrafficMirrorPrepared: Detection = {
  id: "ec2-traffic-mirror-prepared",
  title: "Traffic mirror target or filter created",
  severity: "medium",
  attack: { technique: "T1040" },
  tier: "extended",
  noise: "rare",
  events: [
    "ec2:CreateTrafficMirrorFilter",
    "ec2:CreateTrafficMirrorFilterRule",
    "ec2:CreateTrafficMirrorTarget",
  ],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      [
        "networkInterfaceId",
        "networkLoadBalancerArn",
        "gatewayLoadBalancerEndpointId",
        "trafficMirrorFilterId",
        "trafficDirection",
        "sourceCidrBlock",
        "destinationCidrBlock",
      ],
      [
        ...resourcesOf("AWS::EC2::TrafficMirrorTarget", valueAt(record, target)),
        ...named(record, "AWS::EC2::TrafficMirrorFilter", "trafficMirrorFilterId"),
      ],
    ),
  runbook: [
    "Find out who owns the target: an interface, load balancer or endpoint of an unknown account reads what is mirrored to it.",
    "Look for sessions that use the target or filter (aws ec2 describe-traffic-mirror-sessions): they copy the traffic.",
    "Delete target and filter unless the network team knows them.",
  ],
  falsePositives: ["Intrusion detection and packet capture by the network or security team."],
  references: [
    "https://docs.aws.amazon.com/vpc/latest/mirroring/what-is-traffic-mirroring.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTrafficMirrorTarget.html",
  ],
};
