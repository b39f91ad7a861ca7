import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isOwnUser, isRoot } from "../readers/principal";
import { textParameterOf } from "../../cloudtrail/parameters";

export const iamAccessKeyForOtherUser: Detection = {
  id: "iam-access-key-for-other-user",
  title: "Access key created for another user",
  severity: "high",
  attack: { technique: "T1098.001" },
  tier: "core",
  noise: "rare",
  events: ["iam:CreateAccessKey"],
  remediation: "inverse",
  match(record) {
    const asked = textParameterOf(record, "userName");
    // root-access-key-created reports the root user's own key.
    if (asked === undefined && isRoot(record)) return undefined;
    const userName = asked ?? valueAt(record, "responseElements.accessKey.userName");
    if (typeof userName !== "string" || userName === "" || isOwnUser(record, userName)) return undefined;
    const keyId = valueAt(record, "responseElements.accessKey.accessKeyId");
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.userName",
        "responseElements.accessKey.userName",
        "responseElements.accessKey.accessKeyId",
      ),
      resources: [...resourcesOf("AWS::IAM::User", userName), ...resourcesOf("AWS::IAM::AccessKey", keyId)],
    };
  },
  runbook: [
    "Ask the user whether they wanted a key and got it from the actor; if not, set the key to Inactive.",
    "Look for calls with the new key (CloudTrail, by accessKeyId), and from which address.",
    "Check the user's other keys and permissions: a second key for a powerful user is a back door that survives a password change.",
  ],
  falsePositives: ["An administrator or pipeline that creates keys for service users."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
  ],
};
