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
    "Ask the actor whose account it is: once in, it gets access to what is shared with the organization.",
    "Cancel the invitation (CancelHandshake) if nobody can explain it, and remove the account if it has accepted.",
    "Look at policies that allow the whole organization (aws:PrincipalOrgID).",
  ],
  falsePositives: ["One of your own accounts joining."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CancelHandshake.html",
  ],
};
