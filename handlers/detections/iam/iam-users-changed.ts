import type { Detection } from "../detection";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";
import { principalKeyOf } from "../readers/principal";

export const iamUsersChanged: Detection = {
  id: "iam-users-changed",
  title: "Users created and given permissions in quick succession",
  severity: "medium",
  attack: { technique: "T1098" },
  tier: "extended",
  noise: "work",
  events: [
    "iam:AddUserToGroup",
    "iam:AttachGroupPolicy",
    "iam:AttachUserPolicy",
    "iam:ChangePassword",
    "iam:CreateAccessKey",
    "iam:CreateGroup",
    "iam:CreateLoginProfile",
    "iam:CreateServiceSpecificCredential",
    "iam:CreateUser",
    "iam:CreateVirtualMFADevice",
    "iam:EnableMFADevice",
    "iam:PutGroupPolicy",
    "iam:PutUserPolicy",
    "iam:UpdateAccessKey",
    "iam:UpdateLoginProfile",
  ],
  remediation: "alert",
  burst: {
    windowMinutes: 15,
    threshold: 4,
    countedBy: principalKeyOf,
    distinct: (record) => [nameOf(record)],
  },
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["userName", "groupName", "policyArn", "policyName"],
      [...named(record, "AWS::IAM::User", "userName"), ...named(record, "AWS::IAM::Group", "groupName")],
    ),
  runbook: [
    "Ask the actor what these users are for; somebody who takes over an account creates a way back within minutes.",
    "Deactivate the new keys and passwords if nobody can explain them, and remove the users from their groups.",
    "Look at the actor's address and at what they did before, above all how they signed in.",
  ],
  falsePositives: [
    "An administrator setting up new colleagues, and infrastructure as code that is not in `automation`.",
  ],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    "https://repost.aws/knowledge-center/potential-account-compromise",
  ],
};
