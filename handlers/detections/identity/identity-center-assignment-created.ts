import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const identityCenterAssignmentCreated: Detection = {
  id: "identity-center-assignment-created",
  title: "Access to an account given in Identity Center",
  severity: "medium",
  attack: { technique: "T1098.003" },
  tier: "core",
  noise: "changes",
  events: ["sso:CreateAccountAssignment"],
  remediation: "inverse",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["targetId", "permissionSetArn", "principalType", "principalId", "instanceArn"],
      [
        ...named(record, "AWS::SSO::PermissionSet", "permissionSetArn"),
        ...named(record, "AWS::Organizations::Account", "targetId"),
      ],
    ),
  runbook: [
    "Ask the actor who is to have which rights in the account, and whether somebody approved it.",
    "Delete the assignment (DeleteAccountAssignment) if nobody knows it; sessions that began by it go on until they end.",
    "Look at what the user or group did in the account since.",
  ],
  falsePositives: [
    "An administrator of Identity Center at work. Name the role of your own process in `automation`.",
  ],
  references: [
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html",
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_DeleteAccountAssignment.html",
  ],
};
