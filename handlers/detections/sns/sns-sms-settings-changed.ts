import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const snsSmsSettingsChanged: Detection = {
  id: "sns-sms-settings-changed",
  title: "Text messaging enabled or its limits changed",
  severity: "medium",
  attack: { technique: "T1496.003" },
  tier: "extended",
  noise: "work",
  events: [
    "mobiletargeting:CreateApp",
    "mobiletargeting:UpdateSmsChannel",
    "sms-voice:RequestPhoneNumber",
    "sms-voice:SetTextMessageSpendLimitOverride",
    "sns:CreateSMSSandboxPhoneNumber",
    "sns:SetSMSAttributes",
    "sns:VerifySMSSandboxPhoneNumber",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(record, context, [
      "applicationId",
      "attributes",
      "createApplicationRequest",
      "phoneNumber",
      "numberType",
      "isoCountryCode",
      "monthlyLimit",
    ]),
  runbook: [
    "Ask the actor who will send text messages, and where to.",
    "Restore the spend limit (SetSMSAttributes) if nobody can explain it: messages to premium numbers pay their owners.",
    "Deactivate the key, and look for sent messages in every region.",
  ],
  falsePositives: ["A product that starts sending text messages."],
  references: [
    "https://docs.aws.amazon.com/sns/latest/api/API_SetSMSAttributes.html",
    "https://docs.aws.amazon.com/sns/latest/api/API_CreateSMSSandboxPhoneNumber.html",
    "https://docs.aws.amazon.com/sns/latest/dg/sms_preferences.html",
  ],
};
