import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const organizationAccountInvited: Detection = {
  id: "organization-account-invited",
  title: "Account invited into the organization",
  severity: "medium",
  attack: { technique: "T1666" },
  tier: "extended",
  noise: "rare",
  events: ["organizations:InviteAccountToOrganization"],
  remediation: "inverse",
  match: (record, context) =>
    calledByHand(record, context, ["target", "notes", "responseElements.handshake.id"]),
  runbook: [
    "Ask the actor whose account it is: once it is in, it gets what is shared with the organization.",
    "Cancel the invitation (CancelHandshake) if nobody knows it, and remove the account if it has accepted.",
    "Look at policies that let in the whole organization (aws:PrincipalOrgID).",
  ],
  falsePositives: ["An account of your own that joins."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CancelHandshake.html",
  ],
};
