import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const sesMailSent: Detection = {
  id: "ses-mail-sent",
  title: "E-mail sent",
  severity: "low",
  attack: { technique: "T1496.004" },
  tier: "extended",
  noise: "work",
  events: [
    "ses:SendBulkEmail",
    "ses:SendBulkTemplatedEmail",
    "ses:SendCustomVerificationEmail",
    "ses:SendEmail",
    "ses:SendRawEmail",
    "ses:SendTemplatedEmail",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["source", "fromEmailAddress", "fromEmailAddressIdentityArn", "destination"],
      named(record, "AWS::SES::EmailIdentity", "source", "fromEmailAddress"),
    ),
  runbook: [
    "Ask the actor, or the owner of the role, which product sends mail now.",
    "Look at how many messages went out, and at bounces and complaints, on the dashboard of SES.",
    "Pause sending and deactivate the key if nobody knows it.",
  ],
  falsePositives: [
    "A product that sends mail for the first time. Only seen where the trail records SES data events, or a refusal.",
  ],
  references: [
    "https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html",
    "https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html",
    "https://docs.aws.amazon.com/ses/latest/dg/logging-using-cloudtrail.html",
  ],
};
