import type { Detection } from "../detection";
import { isTrue, parameterOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import { calledByHand } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const sesSendingEnabled: Detection = {
  id: "ses-sending-enabled",
  title: "E-mail sending enabled or raised for the account",
  severity: "medium",
  attack: { technique: "T1496.004" },
  tier: "extended",
  noise: "work",
  events: [
    "ses:PutAccountDetails",
    "ses:PutAccountSendingAttributes",
    "ses:PutConfigurationSetSendingOptions",
    "ses:UpdateAccountSendingEnabled",
    "ses:UpdateConfigurationSetSendingEnabled",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (nameOf(record) !== "PutAccountDetails" && !isTrue(parameterOf(record, flagOf(record))))
      return uninspected(record);
    return calledByHand(record, context, [
      "mailType",
      "websiteURL",
      "productionAccessEnabled",
      "configurationSetName",
      flagOf(record),
    ]);
  },
  runbook: [
    "Ask the actor who requested more mail; getting out of the sandbox is what a spammer needs first.",
    "Pause sending (PutAccountSendingAttributes) and answer AWS's case if nobody can explain it.",
    "Deactivate the key, and look for new identities, SMTP users and messages.",
  ],
  falsePositives: ["A product that starts sending mail."],
  references: [
    "https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutAccountDetails.html",
    "https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutAccountSendingAttributes.html",
    "https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html",
  ],
};

function flagOf(record: CloudTrailRecord): string {
  return nameOf(record).startsWith("Update") ? "enabled" : "sendingEnabled";
}
