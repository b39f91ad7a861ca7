import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const workmailOrganizationCreated: Detection = {
  id: "workmail-organization-created",
  title: "WorkMail organization, domain or mailbox created",
  severity: "medium",
  attack: { technique: "T1496.004" },
  tier: "extended",
  noise: "work",
  events: [
    "workmail:CreateImpersonationRole",
    "workmail:CreateOrganization",
    "workmail:CreateUser",
    "workmail:RegisterMailDomain",
    "workmail:RegisterToWorkMail",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["alias", "organizationId", "domainName", "name", "email"],
      named(record, "AWS::WorkMail::Organization", "organizationId", "alias"),
    ),
  runbook: [
    "Ask the actor who will have mailboxes here; WorkMail sends mail without the sandbox of SES.",
    "Delete the organization if nobody can explain it, and look at what was sent from it.",
    "Deactivate the key, and look for the same in other regions.",
  ],
  falsePositives: ["A team that starts using WorkMail."],
  references: [
    "https://docs.aws.amazon.com/workmail/latest/APIReference/API_CreateOrganization.html",
    "https://docs.aws.amazon.com/workmail/latest/APIReference/API_RegisterToWorkMail.html",
  ],
};
