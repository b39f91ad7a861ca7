import { fieldOf, isTrue, parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const ec2InstanceProtected: Detection = {
  id: "ec2-instance-protected",
  title: "Instance protected from being stopped or terminated",
  severity: "low",
  attack: { technique: "T1578.005" },
  tier: "extended",
  noise: "work",
  events: ["ec2:ModifyInstanceAttribute"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const on = protections.filter((name) => isSwitchedOn(record, name));
    if (on.length === 0) return uninspected(record);
    return calledByHand(
      record,
      context,
      [...on, "attribute", "value"],
      named(record, "AWS::EC2::Instance", "instanceId"),
    );
  },
  runbook: [
    "Look at what the instance runs: miners are protected so that they are hard to stop.",
    "Switch the protection off (ModifyInstanceAttribute) before you stop or terminate it.",
    "Look for more instances by the same actor, in every region.",
  ],
  falsePositives: ["An administrator who protects a server by hand."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-stop-protection.html",
  ],
};

const protections = ["disableApiTermination", "disableApiStop"];

/** In both forms: `disableApiTermination: {value: true}`, and `attribute` with `value`. */
function isSwitchedOn(record: CloudTrailRecord, name: string): boolean {
  return isTrue(
    textParameterOf(record, "attribute") === name
      ? parameterOf(record, "value")
      : fieldOf(parameterOf(record, name), "value"),
  );
}
