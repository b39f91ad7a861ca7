import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const identityCenterAssignmentCreated: Detection = {
  id: "identity-center-assignment-created",
  title: "Identity Center access to an account granted",
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
    "Ask the actor who should have which permissions in the account, and whether somebody approved it.",
    "Delete the assignment (DeleteAccountAssignment) if nobody can explain it; existing sessions last until they expire.",
    "Look at what the user or group did in the account since then.",
  ],
  falsePositives: [
    "An Identity Center administrator at work. Name the role of your own process in `automation`.",
  ],
  references: [
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html",
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_DeleteAccountAssignment.html",
  ],
};
