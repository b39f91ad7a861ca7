import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const identityCenterPermissionSetCreated: Detection = {
  id: "identity-center-permission-set-created",
  title: "Permission set created, changed or provisioned",
  severity: "low",
  attack: { technique: "T1098.003" },
  tier: "extended",
  noise: "work",
  events: ["sso:CreatePermissionSet", "sso:ProvisionPermissionSet", "sso:UpdatePermissionSet"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["name", "permissionSetArn", "sessionDuration", "relayState", "targetType", "targetId"],
      [...named(record, "AWS::SSO::PermissionSet", "permissionSetArn", "name")],
    ),
  runbook: [
    "Read the permission set's policies, and who is assigned to it in which accounts.",
    "Ask the actor what it is for; delete it, or restore its session duration, if nobody knows.",
    "Look for assignments and sign-ins with it since then.",
  ],
  falsePositives: ["A person who manages permission sets by hand for the first time."],
  references: [
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreatePermissionSet.html",
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ProvisionPermissionSet.html",
  ],
};
