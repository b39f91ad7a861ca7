import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const sesIdentityDeleted: Detection = {
  id: "ses-identity-deleted",
  title: "E-mail identity deleted",
  severity: "low",
  attack: { technique: "T1485" },
  tier: "extended",
  noise: "work",
  events: ["ses:DeleteEmailIdentity", "ses:DeleteIdentity"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["emailIdentity", "identity"],
      named(record, "AWS::SES::EmailIdentity", "emailIdentity", "identity"),
    ),
  runbook: [
    "Ask the owner of the address or domain whether the deletion was intended: products that send from it now fail.",
    "If somebody else created it and it is gone again, look at what was sent from it in between.",
    "Verify the identity again if it is needed; its DNS records are still there.",
  ],
  falsePositives: ["A sender that is no longer needed."],
  references: [
    "https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteEmailIdentity.html",
    "https://docs.aws.amazon.com/ses/latest/APIReference/API_DeleteIdentity.html",
  ],
};
