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
      "attributes",
      "phoneNumber",
      "numberType",
      "isoCountryCode",
      "monthlyLimit",
    ]),
  runbook: [
    "Ask the actor who is to send text messages, and to where.",
    "Set the spend limit back (SetSMSAttributes) if nobody knows of it: messages to costly numbers pay whoever has these.",
    "Deactivate the key, and look for messages that went out in every region.",
  ],
  falsePositives: ["A product that begins to send text messages."],
  references: [
    "https://docs.aws.amazon.com/sns/latest/api/API_SetSMSAttributes.html",
    "https://docs.aws.amazon.com/sns/latest/api/API_CreateSMSSandboxPhoneNumber.html",
    "https://docs.aws.amazon.com/sns/latest/dg/sms_preferences.html",
  ],
};
