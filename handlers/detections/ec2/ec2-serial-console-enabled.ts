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
    "Ask the actor what is broken: the serial console bypasses security groups and network ACLs and works even without a network.",
    "Disable it again for the region, and look for SendSerialConsoleSSHPublicKey calls since it was enabled.",
    "Deny ec2:EnableSerialConsoleAccess with a service control policy if nobody needs it.",
  ],
  falsePositives: ["An administrator repairing an instance that no longer boots or has lost its network."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSerialConsoleAccess.html",
  ],
};
