import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const iamUserRenamed: Detection = {
  id: "iam-user-renamed",
  title: "User or group renamed or moved",
  severity: "low",
  attack: { technique: "T1036" },
  tier: "extended",
  noise: "rare",
  events: ["iam:UpdateGroup", "iam:UpdateUser"],
  remediation: "inverse",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["userName", "groupName", "newUserName", "newGroupName", "newPath"],
      [
        ...named(record, "AWS::IAM::User", "newUserName", "userName"),
        ...named(record, "AWS::IAM::Group", "newGroupName", "groupName"),
      ],
    ),
  runbook: [
    "Ask the actor why: policies, exceptions and alerts that name the user's ARN no longer apply.",
    "Rename it back (UpdateUser, UpdateGroup) if nobody knows why.",
    "Search policies, trust policies and configuration for the old name.",
  ],
  falsePositives: ["A person whose name changes, and a new path scheme."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html",
  ],
};
