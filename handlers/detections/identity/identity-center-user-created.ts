import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const identityCenterUserCreated: Detection = {
  id: "identity-center-user-created",
  title: "Identity Center user or group membership created or changed",
  severity: "medium",
  attack: { technique: "T1136.003" },
  tier: "extended",
  noise: "work",
  events: [
    "identitystore:CreateGroupMembership",
    "identitystore:CreateUser",
    "identitystore:UpdateUser",
    "sso-directory:AddMemberToGroup",
    "sso-directory:CreateUser",
    "sso-directory:UpdateUser",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["identityStoreId", "userName", "groupId", "memberId", "userId", "member", "members", "displayName"],
      named(record, "AWS::IdentityStore::Group", "groupId"),
    ),
  runbook: [
    "Ask the actor who it is; an Identity Center user can sign in to every account that their groups are assigned to.",
    "Disable the user or remove them from the group if nobody can explain it.",
    "Look at the user's sign-ins since then.",
  ],
  falsePositives: ["An administrator setting up a new colleague by hand."],
  references: [
    "https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_CreateUser.html",
    "https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_CreateGroupMembership.html",
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/logging-using-cloudtrail.html",
  ],
};
