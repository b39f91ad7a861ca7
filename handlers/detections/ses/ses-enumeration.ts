import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt } from "../readers/evidence";
import { principalKeyOf } from "../readers/principal";

export const sesEnumeration: Detection = {
  id: "ses-enumeration",
  title: "SES abuse reconnaissance",
  severity: "medium",
  attack: { technique: "T1580" },
  tier: "extended",
  noise: "work",
  events: [
    "ses:GetAccount",
    "ses:GetAccountSendingEnabled",
    "ses:GetEmailIdentity",
    "ses:GetIdentityVerificationAttributes",
    "ses:GetSendQuota",
    "ses:GetSendStatistics",
    "ses:ListConfigurationSets",
    "ses:ListEmailIdentities",
    "ses:ListIdentities",
    "ses:ListVerifiedEmailAddresses",
    "ses:UpdateAccountSendingEnabled",
  ],
  outcome: "any",
  remediation: "alert",
  burst: {
    windowMinutes: 15,
    threshold: 3,
    countedBy: principalKeyOf,
    distinct: (record) => [nameOf(record)],
  },
  novel: { days: 30, learning: 14 },
  match(record) {
    return { evidence: evidenceAt(record, "eventName", "errorCode"), resources: [] };
  },
  runbook: [
    "Ask the actor whether they were checking e-mail sending; stolen keys are tested for this before a spam run.",
    "Deactivate the access key if there is no explanation, and pause sending for the account if messages went out.",
    "Look for new SES identities, SMTP users and quota increase requests.",
  ],
  falsePositives: [
    "The SES console, whose start page makes several of these calls, and monitoring of the sending quota.",
  ],
  references: [
    "https://docs.aws.amazon.com/ses/latest/dg/logging-using-cloudtrail.html",
    "https://docs.aws.amazon.com/ses/latest/APIReference/API_UpdateAccountSendingEnabled.html",
  ],
};
