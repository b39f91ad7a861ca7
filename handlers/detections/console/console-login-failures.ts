import { textOf } from "../../json";
import { accountOf, type CloudTrailRecord } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, valueAt } from "../readers/evidence";
import { isRoot } from "../readers/principal";

export const consoleLoginFailures: Detection = {
  id: "console-login-failures",
  title: "Many failed console logins",
  severity: "high",
  attack: { technique: "T1110" },
  tier: "core",
  noise: "rare",
  events: ["signin:ConsoleLogin"],
  outcome: "failure",
  remediation: "alert",
  burst: {
    windowMinutes: 10,
    threshold: 10,
    countedBy: (record) => `${isRoot(record) ? "root" : "users"} of ${accountOf(record)}`,
    distinct: attempts,
  },
  match(record) {
    // A record without an outcome is neither a login nor a failure.
    const said = [valueAt(record, "errorCode"), valueAt(record, "errorMessage")].some(
      (text) => (text ?? "") !== "",
    );
    if (valueAt(record, "responseElements.ConsoleLogin") !== "Failure" && !said) return undefined;
    return {
      evidence: evidenceAt(
        record,
        "responseElements.ConsoleLogin",
        "errorMessage",
        "sourceIPAddress",
        "userIdentity.userName",
      ),
      resources: [],
    };
  },
  runbook: [
    "Check whether one of the attempts was followed by a successful login, from the same address or by the same user.",
    "Have the affected users change their password if it is used elsewhere, and require MFA for everybody.",
    "Find out who owns the address, or block it if your identity provider allows that.",
  ],
  falsePositives: ["A forgotten password, and a password manager with an old entry."],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html",
  ],
};

/** A failed root login counts double: five of them are as bad as ten of users. */
function attempts(record: CloudTrailRecord): string[] {
  const eventID = textOf(record.eventID) ?? "";
  return isRoot(record) ? [`${eventID}/1`, `${eventID}/2`] : [eventID];
}
