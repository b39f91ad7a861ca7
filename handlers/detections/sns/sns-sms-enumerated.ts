import type { Detection } from "../detection";
import { succeeded, wasRefused } from "../../cloudtrail/record";
import { calledByHand } from "../readers/by-hand";
import { isScanner } from "../readers/principal";

export const snsSmsEnumerated: Detection = {
  id: "sns-sms-enumerated",
  title: "SMS settings of the account enumerated",
  severity: "low",
  attack: { technique: "T1580" },
  tier: "extended",
  noise: "work",
  events: [
    "sms-voice:DescribeAccountAttributes",
    "sms-voice:DescribePhoneNumbers",
    "sms-voice:DescribeSpendLimits",
    "sns:GetSMSAttributes",
    "sns:GetSMSSandboxAccountStatus",
    "sns:ListOriginationNumbers",
    "sns:ListSMSSandboxPhoneNumbers",
  ],
  outcome: "any",
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (isScanner(record, context) || !(succeeded(record) || wasRefused(record))) return undefined;
    return calledByHand(record, context, ["attributes"]);
  },
  runbook: [
    "Ask the actor what they looked for: stolen keys are tested for text messaging before a fraud.",
    "Look for Publish and SetSMSAttributes by the same actor, in every region.",
    "Deactivate the access key if there is no explanation.",
  ],
  falsePositives: ["A person opening the text messaging page of SNS for the first time."],
  references: [
    "https://docs.aws.amazon.com/sns/latest/api/API_GetSMSAttributes.html",
    "https://docs.aws.amazon.com/sns/latest/api/API_GetSMSSandboxAccountStatus.html",
  ],
};
