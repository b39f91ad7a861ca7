import type { Detection } from "../detection";
import { textParameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";
import { isOwnUser } from "../readers/principal";

export const iamMfaDeviceRegistered: Detection = {
  id: "iam-mfa-device-registered",
  title: "MFA device registered for another user",
  severity: "medium",
  attack: { technique: "T1098.005" },
  tier: "extended",
  noise: "work",
  events: ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const user = textParameterOf(record, "userName") ?? textParameterOf(record, "virtualMFADeviceName");
    if (user === undefined || isOwnUser(record, user)) return undefined;
    const match = calledByHand(
      record,
      context,
      ["userName", "serialNumber", "virtualMFADeviceName"],
      named(record, "AWS::IAM::User", "userName"),
    );
    // A device belongs to nobody until it is enabled, and may have any name.
    if (match && nameOf(record) === "CreateVirtualMFADevice") match.severity = "low";
    return match;
  },
  runbook: [
    "Ask the user whether the device is theirs: whoever registers one can sign in where MFA is required.",
    "If it is not, deactivate the device (DeactivateMFADevice) and give the user a new password.",
    "Look at the user's sign-ins since then, and at what else the actor did.",
  ],
  falsePositives: ["An administrator setting up a new colleague."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual.html",
  ],
};
