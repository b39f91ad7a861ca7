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
    "Ask the actor, or the role's owner, which product now sends mail.",
    "Check the SES dashboard for the number of messages, bounces and complaints.",
    "Pause sending and deactivate the key if nobody can explain it.",
  ],
  falsePositives: [
    "A product sending mail for the first time. Seen only if the trail records SES data events, or if the call was denied.",
  ],
  references: [
    "https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html",
    "https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html",
    "https://docs.aws.amazon.com/ses/latest/dg/logging-using-cloudtrail.html",
  ],
};
