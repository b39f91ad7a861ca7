import type { Detection } from "../detection";
import { resourcesOf, shown, valueAt } from "../readers/evidence";

export const organizationJoined: Detection = {
  id: "organization-joined",
  title: "Account joined or created an organization",
  severity: "high",
  attack: { technique: "T1666" },
  tier: "extended",
  noise: "rare",
  events: [
    "organizations:AcceptHandshake",
    "organizations:CreateOrganization",
    "organizations:EnableAllFeatures",
  ],
  remediation: "alert",
  match: (record) => ({
    evidence: shown(
      record,
      "handshakeId",
      "featureSet",
      "responseElements.handshake.action",
      "responseElements.handshake.parties",
      "responseElements.organization.id",
    ),
    resources: resourcesOf(
      "AWS::Organizations::Organization",
      valueAt(record, "responseElements.organization.id"),
    ),
  }),
  runbook: [
    "Find out whose organization it is: its owner can do anything in the account, bypassing its administrators.",
    "If nobody can explain it, leave it (LeaveOrganization) as the account's root user, and contact AWS Support.",
    "Find out how the actor got in, and revoke their permissions.",
  ],
  falsePositives: ["An account that joins your own organization."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html",
  ],
};
