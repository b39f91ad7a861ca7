import { textParameterOf } from "../../cloudtrail/parameters";
import { textOf } from "../../json";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { fromOutside } from "../readers/own-credentials";
import { isAutomation, isOwnUser } from "../readers/principal";

export const iamOwnAccessKeyCreated: Detection = {
  id: "iam-own-access-key-created",
  title: "User created an access key for themselves",
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
    "Ask the user whether they created the key, and why: whoever steals a key or session creates their own before it is revoked.",
    "If they did not, set both the new key and the one that created it to Inactive.",
    "Give people roles with temporary credentials instead (IAM Identity Center), and deny iam:CreateAccessKey.",
  ],
  falsePositives: ["A user replacing an old key, which is set to Inactive soon after."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
  ],
};
