import { textOf } from "../../json";
import type { Detection } from "../detection";
import { evidenceAt } from "../readers/evidence";

export const ec2SerialConsoleEnabled: Detection = {
  id: "ec2-serial-console-enabled",
  title: "EC2 serial console enabled",
  severity: "high",
  attack: { technique: "T1021.008" },
  tier: "core",
  noise: "rare",
  events: ["ec2:EnableSerialConsoleAccess"],
  remediation: "inverse",
  match(record, context) {
    return {
      evidence: evidenceAt(record, "eventName", "awsRegion"),
      resources: [
        { type: "AWS::EC2::SerialConsoleAccess", id: `${context.account}/${textOf(record.awsRegion) ?? ""}` },
      ],
    };
  },
  runbook: [
    "Ask the actor what is broken: the serial console reaches instances past security groups, network ACLs and even without a network.",
    "Switch it off again for the region, and look for SendSerialConsoleSSHPublicKey calls since it was switched on.",
    "Deny ec2:EnableSerialConsoleAccess in a service control policy if nobody needs it.",
  ],
  falsePositives: ["Mending an instance that no longer boots or has lost its network, by an administrator."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSerialConsoleAccess.html",
  ],
};
