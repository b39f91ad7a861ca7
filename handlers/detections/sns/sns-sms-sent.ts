import type { Detection } from "../detection";
import { parameterOf } from "../../cloudtrail/parameters";
import { calledByHand } from "../readers/by-hand";

export const snsSmsSent: Detection = {
  id: "sns-sms-sent",
  title: "Text message sent",
  severity: "medium",
  attack: { technique: "T1496.003" },
  tier: "extended",
  noise: "work",
  events: [
    "sms-voice:SendMediaMessage",
    "sms-voice:SendTextMessage",
    "sms-voice:SendVoiceMessage",
    "sns:Publish",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  hint: { field: "requestParameters", texts: ["honeNumber"] },
  match(record, context) {
    const numbers = [parameterOf(record, "phoneNumber"), parameterOf(record, "destinationPhoneNumber")];
    if (numbers.every((number) => number === undefined || number === null)) return undefined;
    return calledByHand(record, context, ["phoneNumber", "destinationPhoneNumber", "originationIdentity"]);
  },
  runbook: [
    "Ask the actor, or the role's owner, which product now sends text messages.",
    "Check the month's SMS cost and the countries; stop it with the SNS spend limit if nobody can explain it.",
    "Deactivate the key, and look for the same in other regions.",
  ],
  falsePositives: [
    "A product sending text messages for the first time. Publish is seen only if the trail records SNS data events.",
  ],
  references: [
    "https://docs.aws.amazon.com/sns/latest/api/API_Publish.html",
    "https://docs.aws.amazon.com/sns/latest/dg/sms_preferences.html",
    "https://docs.aws.amazon.com/sms-voice/latest/userguide/what-is-sms-mms.html",
  ],
};
