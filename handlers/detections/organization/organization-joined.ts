import type { Detection } from "../detection";
import { shown } from "../readers/by-hand";
import { resourcesOf, valueAt } from "../readers/evidence";

export const organizationJoined: Detection = {
  id: "organization-joined",
  title: "Account joined or made an organization",
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
    "Find out whose organization it is: its owner can do anything in the account, past its administrators.",
    "Leave it (LeaveOrganization) if nobody knows it, with the account's root user, and tell AWS Support.",
    "Look at how the actor came in, and take their rights away.",
  ],
  falsePositives: ["An account that is brought into your own organization."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html",
  ],
};
