import { textParameterOf } from "../../cloudtrail/parameters";
import { textOf } from "../../json";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { fromOutside } from "../readers/own-credentials";
import { isAutomation, isOwnUser } from "../readers/principal";

export const iamOwnAccessKeyCreated: Detection = {
  id: "iam-own-access-key-created",
  title: "Access key created for oneself",
  severity: "medium",
  attack: { technique: "T1098.001" },
  tier: "core",
  noise: "changes",
  events: ["iam:CreateAccessKey"],
  remediation: "contain",
  match(record, context) {
    const made = textOf(valueAt(record, "responseElements.accessKey.userName"));
    const userName = textParameterOf(record, "userName") ?? made;
    if (userName === undefined || !isOwnUser(record, userName) || isAutomation(record, context))
      return undefined;
    const { evidence, ...graver } = fromOutside(record, context);
    return {
      evidence: [
        ...evidenceAt(record, "responseElements.accessKey.accessKeyId", "userIdentity.accessKeyId"),
        ...evidence,
      ],
      resources: [
        ...resourcesOf("AWS::IAM::User", userName),
        ...resourcesOf("AWS::IAM::AccessKey", valueAt(record, "responseElements.accessKey.accessKeyId")),
      ],
      ...graver,
    };
  },
  runbook: [
    "Ask the user whether they made the key, and why: whoever stole a key or a session makes one of their own before it is taken away.",
    "Set the new key to Inactive when they did not, and the one with which it was made as well.",
    "Give people roles with temporary credentials instead (IAM Identity Center), and deny iam:CreateAccessKey.",
  ],
  falsePositives: ["A user who replaces an old key: the old one is set to Inactive soon after."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
  ],
};
