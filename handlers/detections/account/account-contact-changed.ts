import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const accountContactChanged: Detection = {
  id: "account-contact-changed",
  title: "Contacts or e-mail address of the account changed",
  severity: "medium",
  attack: { technique: "T1098" },
  tier: "extended",
  noise: "rare",
  events: [
    "account:AcceptPrimaryEmailUpdate",
    "account:DeleteAlternateContact",
    "account:PutAlternateContact",
    "account:PutContactInformation",
    "account:StartPrimaryEmailUpdate",
  ],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(record, context, ["alternateContactType", "accountId", "contactInformation"]),
  runbook: [
    "Ask the actor why: AWS writes to these contacts when it sees abuse, and whoever has the primary address can recover the root password.",
    "Restore it (PutAlternateContact, PutContactInformation) if nobody knows why; contact AWS Support about the primary address.",
    "Look at root sign-ins and password recoveries since then.",
  ],
  falsePositives: ["A planned change of contacts."],
  references: [
    "https://docs.aws.amazon.com/accounts/latest/reference/API_PutAlternateContact.html",
    "https://docs.aws.amazon.com/accounts/latest/reference/API_StartPrimaryEmailUpdate.html",
  ],
};
