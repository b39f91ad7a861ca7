import type { Detection } from "../detection";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand } from "../readers/by-hand";

export const identityCenterMfaChanged: Detection = {
  id: "identity-center-mfa-changed",
  title: "Identity Center sign-in weakened",
  severity: "high",
  attack: { technique: "T1556.006" },
  tier: "extended",
  noise: "rare",
  events: [
    "sso-directory:DeleteMfaDeviceForUser",
    "sso-directory:DisableMFA",
    "sso-directory:UpdateMfaDeviceManagementForDirectory",
    "sso-directory:UpdatePassword",
    "sso:PutMfaDeviceManagementForDirectory",
    "sso:UpdateMfaDeviceManagementForDirectory",
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
    const isOfOne = ["DeleteMfaDeviceForUser", "UpdatePassword"].includes(nameOf(record));
    return match !== undefined && isOfOne ? { ...match, severity: "medium" } : match;
  },
  runbook: [
    "Open the settings of IAM Identity Center: when is MFA required, and of whom?",
    "If it was not planned, restore it, and ask the user whether the device or password is theirs.",
    "Look at sign-ins without MFA since then.",
  ],
  falsePositives: [
    "An administrator helping a user with a lost phone, and a planned change of the settings.",
  ],
  references: [
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/enable-mfa.html",
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/logging-using-cloudtrail.html",
  ],
};
