import type { Detection } from "../detection";
import { parameterOf, textParameterOf, textsOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";
import { isOwnUser, principalKeyOf } from "../readers/principal";

export const iamUsersLockedOut: Detection = {
  id: "iam-users-locked-out",
  title: "Several users locked out",
  severity: "high",
  attack: { technique: "T1531" },
  tier: "extended",
  noise: "work",
  events: [
    "iam:DeleteAccessKey",
    "iam:DeleteLoginProfile",
    "iam:DeleteUser",
    "iam:DeleteUserPolicy",
    "iam:DetachUserPolicy",
    "iam:PutUserPermissionsBoundary",
    "iam:RemoveUserFromGroup",
    "iam:UpdateAccessKey",
  ],
  remediation: "alert",
  burst: {
    windowMinutes: 60,
    threshold: 3,
    countedBy: principalKeyOf,
    distinct: (record) => textsOf(parameterOf(record, "userName")),
  },
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const user = textParameterOf(record, "userName");
    if (user === undefined || isOwnUser(record, user)) return undefined;
    if (nameOf(record) === "UpdateAccessKey" && textParameterOf(record, "status") !== "Inactive")
      return undefined;
    return calledByHand(
      record,
      context,
      ["userName", "accessKeyId", "groupName", "status", "policyArn", "policyName", "permissionsBoundary"],
      named(record, "AWS::IAM::User", "userName"),
    );
  },
  runbook: [
    "Ask the actor whether this was intended; somebody who takes over an account locks out its administrators first.",
    "Keep a way in: sign in as root or through Identity Center, and revoke the actor's permissions.",
    "Give the users new passwords and keys; a deleted user must be recreated, with its policies.",
  ],
  falsePositives: ["People who leave, and clean-up of several unused users at once."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  ],
};
