import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const sesTemplateCreated: Detection = {
  id: "ses-template-created",
  title: "E-mail template or configuration created",
  severity: "low",
  attack: { technique: "T1496.004" },
  tier: "extended",
  noise: "work",
  events: [
    "ses:CreateConfigurationSet",
    "ses:CreateContactList",
    "ses:CreateEmailTemplate",
    "ses:CreateTemplate",
    "ses:UpdateEmailTemplate",
    "ses:UpdateTemplate",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      [
        "templateName",
        "templateContent",
        "template",
        "configurationSetName",
        "configurationSet",
        "contactListName",
      ],
      [
        ...named(record, "AWS::SES::Template", "templateName"),
        ...named(record, "AWS::SES::ConfigurationSet", "configurationSetName"),
        ...named(record, "AWS::SES::ContactList", "contactListName"),
      ],
    ),
  runbook: [
    "Read the template: whose name and which links are in it?",
    "Delete it if nobody can explain it, and look at what was sent with it.",
    "Deactivate the key, and look for new identities by the same actor.",
  ],
  falsePositives: ["A product that starts sending mail."],
  references: [
    "https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateEmailTemplate.html",
    "https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSet.html",
  ],
};
