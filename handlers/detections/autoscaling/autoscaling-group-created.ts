import type { Detection } from "../detection";
import { numberOf, parameterOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";
import { unusualTypesIn } from "../readers/instance-types";
import { uninspected } from "../readers/uninspected";

const id = "autoscaling-group-created";

export const autoscalingGroupCreated: Detection = {
  id,
  title: "Auto Scaling group created or enlarged",
  severity: "low",
  attack: { technique: "T1496.001" },
  tier: "extended",
  noise: "work",
  events: [
    "autoscaling:CreateAutoScalingGroup",
    "autoscaling:CreateLaunchConfiguration",
    "autoscaling:UpdateAutoScalingGroup",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    // Changing a group without enlarging it is daily work.
    if (nameOf(record) === "UpdateAutoScalingGroup" && sizeOf(record) === 0) return uninspected(record);
    const match = calledByHand(
      record,
      context,
      [
        "autoScalingGroupName",
        "maxSize",
        "desiredCapacity",
        "launchConfigurationName",
        "launchTemplate",
        "instanceType",
        "imageId",
      ],
      [
        ...named(record, "AWS::AutoScaling::AutoScalingGroup", "autoScalingGroupName"),
        ...named(record, "AWS::AutoScaling::LaunchConfiguration", "launchConfigurationName"),
      ],
    );
    const unusual = unusualTypesIn(record);
    if (match && (unusual.length > 0 || sizeOf(record) >= (context.thresholds[id] ?? 50))) {
      match.evidence.push(...unusual);
      match.severity = "high";
    }
    return match;
  },
  runbook: [
    "Ask the actor what the group is for: an intruder's group starts a new instance whenever somebody stops one.",
    "Set its sizes to 0 and delete it, with its launch configuration or template, if nobody can explain it.",
    "Look in every region for more by the same actor, and check the day's cost.",
  ],
  falsePositives: ["A new deployment, and operators who raise a limit for peak load."],
  references: [
    "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html",
    "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateLaunchConfiguration.html",
  ],
};

/** The maximum number of instances of the group; 0 if the call does not say. */
function sizeOf(record: CloudTrailRecord): number {
  return Math.max(
    numberOf(parameterOf(record, "maxSize")) ?? 0,
    numberOf(parameterOf(record, "desiredCapacity")) ?? 0,
  );
}
