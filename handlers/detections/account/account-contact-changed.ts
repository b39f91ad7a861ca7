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
    "Ask the actor why: AWS writes there when it sees abuse, and whoever has the first address can recover root's password.",
    "Set it back (PutAlternateContact, PutContactInformation) if nobody knows why; tell AWS Support about the first address.",
    "Look at sign-ins and password recoveries of root since.",
  ],
  falsePositives: ["A planned change of contacts."],
  references: [
    "https://docs.aws.amazon.com/accounts/latest/reference/API_PutAlternateContact.html",
    "https://docs.aws.amazon.com/accounts/latest/reference/API_StartPrimaryEmailUpdate.html",
  ],
};
