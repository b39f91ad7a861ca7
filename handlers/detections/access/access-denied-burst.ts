import { fieldsOf } from "../../json";
import { eventOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt } from "../readers/evidence";
import { isAddress } from "../readers/network";
import { isScanner, principalKeyOf } from "../readers/principal";

/** What AWS services write in `errorCode`, alone or within a longer code. */
const refusals = [
  "AccessDenied",
  "AuthorizationError",
  "NotAuthorized",
  "UnauthorizedAccess",
  "UnauthorizedOperation",
];

export const accessDeniedBurst: Detection = {
  id: "access-denied-burst",
  title: "Many denied calls by one principal",
  severity: "medium",
  attack: { technique: "T1580" },
  tier: "core",
  noise: "work",
  events: ["*"],
  hint: {
    field: "errorCode",
    texts: refusals,
    and: { field: "sourceIPAddress", may: (address) => isAddress(address) },
  },
  outcome: "failure",
  remediation: "alert",
  burst: {
    windowMinutes: 10,
    threshold: 15,
    countedBy: principalKeyOf,
    distinct: (record) => [eventOf(record)],
  },
  match(record, context) {
    const code = record.errorCode;
    if (typeof code !== "string" || !refusals.some((refusal) => code.includes(refusal))) return undefined;
    const { type, accountId } = fieldsOf(record.userIdentity);
    if (type === "AWSService" || accountId === "ANONYMOUS_PRINCIPAL") return undefined;
    if (!isAddress(record.sourceIPAddress)) return undefined;
    if (isScanner(record, context)) return undefined;
    return { evidence: evidenceAt(record, "errorCode", "eventSource", "eventName"), resources: [] };
  },
  runbook: [
    "Ask the actor what they tried; many different denied calls within minutes are how stolen credentials are tested.",
    "Look at what was not denied: successful calls by the same actor and address in that hour.",
    "Without an explanation, deactivate the key or revoke the role's sessions; with one, grant the role what it needs.",
  ],
  falsePositives: [
    "A person with few permissions clicking through the console, a new role that lacks permissions, and scanners that are not in `scanners`.",
  ],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  ],
};
