import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { isRoot } from "../readers/principal";
import { textParameterOf } from "../../cloudtrail/parameters";

export const iamMfaDeactivated: Detection = {
  id: "iam-mfa-deactivated",
  title: "MFA device deactivated or deleted",
  severity: "high",
  attack: { technique: "T1556.006" },
  tier: "core",
  noise: "changes",
  events: ["iam:DeactivateMFADevice", "iam:DeleteVirtualMFADevice"],
  remediation: "alert",
  match(record) {
    const serialNumber = textParameterOf(record, "serialNumber") ?? "";
    const isOfRoot = isRoot(record) || serialNumber.endsWith(":mfa/root-account-mfa-device");
    return {
      evidence: evidenceAt(record, "requestParameters.userName", "requestParameters.serialNumber"),
      resources: [
        ...resourcesOf("AWS::IAM::User", textParameterOf(record, "userName")),
        ...resourcesOf("AWS::IAM::VirtualMFADevice", serialNumber),
      ],
      severity: isOfRoot ? "critical" : "high",
    };
  },
  runbook: [
    "Ask the device's owner whether they changed it; a new EnableMFADevice within minutes suggests so.",
    "If not, disable the user's password and keys until a new device is registered, and end open sessions.",
    "Look at the logins before: how did the actor get in, and was it the user's own session?",
  ],
  falsePositives: ["A lost or replaced phone; a user who is being deleted; an aborted set-up."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_disable.html",
  ],
};
