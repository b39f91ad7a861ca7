import { textParameterOf } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import { textOf } from "../../json";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { fromOutside, isByAccessKey } from "../readers/own-credentials";
import { isOwnUser } from "../readers/principal";

export const iamOwnLoginProfileCreated: Detection = {
  id: "iam-own-login-profile-created",
  title: "User created a console password for themselves",
  severity: "medium",
  attack: { technique: "T1098.001" },
  tier: "core",
  noise: "rare",
  events: ["iam:CreateLoginProfile"],
  remediation: "contain",
  match(record, context) {
    const userName = userOf(record);
    if (userName === undefined || !isOwnUser(record, userName)) return undefined;
    const { evidence, ...graver } = fromOutside(record, context);
    const { accessKeyId } = record.userIdentity ?? {};
    // There was no password: a programmatic key became a way into the console.
    const byKey = isByAccessKey(record)
      ? [{ parameter: "userIdentity.accessKeyId", value: accessKeyId, why: "had no console password before" }]
      : [];
    return {
      evidence: [
        ...evidenceAt(
          record,
          "requestParameters.userName",
          "requestParameters.passwordResetRequired",
          "responseElements.loginProfile.userName",
        ),
        ...byKey,
        ...evidence,
      ],
      resources: resourcesOf("AWS::IAM::User", userName),
      ...(byKey.length > 0 ? { severity: "high" } : graver),
    };
  },
  runbook: [
    "Ask the user whether they gave themselves a password; a programmatic key that does so is usually stolen.",
    "If they did not, delete the login profile and set the user's keys to Inactive.",
    "Look for a ConsoleLogin of the user since then, from which address and with which MFA device.",
  ],
  falsePositives: ["A user who was asked to create their own password with the key they were given."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_admin-change-user.html",
  ],
};

/** The user who gets the password; without a name in the request, it is the caller, whom the answer names. */
function userOf(record: CloudTrailRecord): string | undefined {
  return (
    textParameterOf(record, "userName") ?? textOf(valueAt(record, "responseElements.loginProfile.userName"))
  );
}
