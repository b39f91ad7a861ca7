import type { Detection } from "../detection";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand } from "../readers/by-hand";

export const identityCenterMfaChanged: Detection = {
  id: "identity-center-mfa-changed",
  title: "Sign-in of Identity Center weakened",
  severity: "high",
  attack: { technique: "T1556.006" },
  tier: "extended",
  noise: "rare",
  events: [
    "sso-directory:DeleteMfaDeviceForUser",
    "sso-directory:UpdatePassword",
    "sso:PutMfaDeviceManagementForDirectory",
  ],
  remediation: "alert",
  match(record, context) {
    const match = calledByHand(record, context, [
      "configurationType",
      "mfaConfiguration",
      "identityStoreId",
      "directoryId",
      "userId",
      "deviceId",
    ]);
    if (match && nameOf(record) !== "PutMfaDeviceManagementForDirectory") match.severity = "medium";
    return match;
  },
  runbook: [
    "Open IAM Identity Center's settings: when is a second factor demanded, and of whom?",
    "Set it back if it was not planned, and ask the user whether the device or password is theirs.",
    "Look at sign-ins since, by users without a second factor.",
  ],
  falsePositives: [
    "An administrator who helps a user with a lost phone, and a planned change of the settings.",
  ],
  references: [
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/enable-mfa.html",
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/logging-using-cloudtrail.html",
  ],
};
