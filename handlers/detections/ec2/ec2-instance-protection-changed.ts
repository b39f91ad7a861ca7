import { fieldOf, isFalse, isTrue, parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const ec2InstanceProtectionChanged: Detection = {
  id: "ec2-instance-protection-changed",
  title: "Protection of an instance from being stopped changed",
  severity: "low",
  attack: { technique: "T1578.005" },
  tier: "extended",
  noise: "work",
  events: ["ec2:ModifyInstanceAttribute"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const changed = protections.filter((name) => isChanged(record, name));
    if (changed.length === 0) return uninspected(record);
    return calledByHand(
      record,
      context,
      [...changed, "attribute", "value"],
      named(record, "AWS::EC2::Instance", "instanceId"),
    );
  },
  runbook: [
    "If it was switched on, look at what the instance runs: miners are protected so that they are hard to stop.",
    "If it was switched off, look for TerminateInstances or StopInstances by the same actor.",
    "Ask the actor why, and set it back.",
  ],
  falsePositives: ["An administrator who replaces or protects a server by hand."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-stop-protection.html",
  ],
};

const protections = ["disableApiTermination", "disableApiStop"];

/** In both forms: `disableApiTermination: {value: true}`, and `attribute` with `value`. */
function isChanged(record: CloudTrailRecord, name: string): boolean {
  const value =
    textParameterOf(record, "attribute") === name
      ? parameterOf(record, "value")
      : fieldOf(parameterOf(record, name), "value");
  return isTrue(value) || isFalse(value);
}
