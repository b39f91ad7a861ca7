import { textParameterOf } from "../../cloudtrail/parameters";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { fromOutside, isByAccessKey } from "../readers/own-credentials";
import { isOwnUser } from "../readers/principal";

export const iamOwnLoginProfileCreated: Detection = {
  id: "iam-own-login-profile-created",
  title: "Console password created for oneself",
  severity: "medium",
  attack: { technique: "T1098.001" },
  tier: "core",
  noise: "rare",
  events: ["iam:CreateLoginProfile"],
  remediation: "contain",
  match(record, context) {
    const userName = textParameterOf(record, "userName");
    if (userName === undefined || !isOwnUser(record, userName)) return undefined;
    const { evidence, ...graver } = fromOutside(record, context);
    const { accessKeyId } = record.userIdentity ?? {};
    // There was no password: a key for programs became a way into the console.
    const byKey = isByAccessKey(record)
      ? [{ parameter: "userIdentity.accessKeyId", value: accessKeyId, why: "had no console password before" }]
      : [];
    return {
      evidence: [
        ...evidenceAt(record, "requestParameters.userName", "requestParameters.passwordResetRequired"),
        ...byKey,
        ...evidence,
      ],
      resources: resourcesOf("AWS::IAM::User", userName),
      ...(byKey.length > 0 ? { severity: "high" } : graver),
    };
  },
  runbook: [
    "Ask the user whether they gave themselves a password; a key for programs that does so is most often stolen.",
    "Delete the login profile and set the user's keys to Inactive when they did not.",
    "Look for a ConsoleLogin of the user since, from which address and with which MFA device.",
  ],
  falsePositives: ["A user who was told to make their own password with the key that they were given."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_admin-change-user.html",
  ],
};
