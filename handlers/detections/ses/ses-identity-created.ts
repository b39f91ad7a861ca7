import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const sesIdentityCreated: Detection = {
  id: "ses-identity-created",
  title: "E-mail identity created or set up",
  severity: "medium",
  attack: { technique: "T1496.004" },
  tier: "extended",
  noise: "work",
  events: [
    "ses:CreateEmailIdentity",
    "ses:PutEmailIdentityDkimSigningAttributes",
    "ses:PutEmailIdentityMailFromAttributes",
    "ses:SetIdentityMailFromDomain",
    "ses:VerifyDomainDkim",
    "ses:VerifyDomainIdentity",
    "ses:VerifyEmailAddress",
    "ses:VerifyEmailIdentity",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["emailIdentity", "emailAddress", "domain"],
      named(record, "AWS::SES::EmailIdentity", "emailIdentity", "emailAddress", "domain"),
    ),
  runbook: [
    "Ask the actor who will send mail from this address or domain.",
    "Delete the identity if nobody can explain it: mail sent from it costs your reputation and ends up on block lists.",
    "Look for PutAccountDetails, quota increase requests and SendEmail by the same actor, in every region.",
  ],
  falsePositives: ["A new sender for a product or team."],
  references: [
    "https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateEmailIdentity.html",
    "https://docs.aws.amazon.com/ses/latest/APIReference/API_VerifyDomainIdentity.html",
    "https://docs.aws.amazon.com/ses/latest/APIReference/API_VerifyEmailIdentity.html",
    "https://docs.aws.amazon.com/ses/latest/dg/logging-using-cloudtrail.html",
  ],
};
