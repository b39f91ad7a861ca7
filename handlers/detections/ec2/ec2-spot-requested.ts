import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";
import { unusualTypesIn } from "../readers/instance-types";

export const ec2SpotRequested: Detection = {
  id: "ec2-spot-requested",
  title: "Spot instances, a fleet or capacity requested",
  severity: "medium",
  attack: { technique: "T1496.001" },
  tier: "extended",
  noise: "work",
  events: [
    "ec2:CreateCapacityReservation",
    "ec2:CreateFleet",
    "ec2:ModifyFleet",
    "ec2:ModifySpotFleetRequest",
    "ec2:RequestSpotFleet",
    "ec2:RequestSpotInstances",
    "ec2:RunScheduledInstances",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      [
        "spotPrice",
        "instanceCount",
        "launchSpecification",
        "spotFleetRequestConfig",
        "TargetCapacitySpecification",
        "targetCapacity",
        "spotFleetRequestId",
        "FleetId",
      ],
      [
        ...named(record, "AWS::EC2::SpotFleet", "spotFleetRequestId"),
        ...named(record, "AWS::EC2::EC2Fleet", "FleetId"),
      ],
    );
    const unusual = unusualTypesIn(record);
    if (match && unusual.length > 0) {
      match.evidence.push(...unusual);
      match.severity = "high";
    }
    return match;
  },
  runbook: [
    "Ask the actor what will run; cancel the request (CancelSpotFleetRequests, DeleteFleets) and terminate its instances if nobody can explain it.",
    "Look in every region for more by the same actor, and check the day's cost.",
    "If nobody can explain it, revoke the actor's permissions and find out how the credentials leaked.",
  ],
  falsePositives: ["A team or tool using spot instances for the first time."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RequestSpotInstances.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RequestSpotFleet.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFleet.html",
  ],
};
