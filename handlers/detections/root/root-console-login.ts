import { accountOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { isRoot } from "../readers/principal";

export const rootConsoleLogin: Detection = {
  id: "root-console-login",
  title: "Root console login",
  severity: "critical",
  attack: { technique: "T1078.004" },
  tier: "core",
  noise: "rare",
  events: ["signin:ConsoleLogin"],
  remediation: "alert",
  match(record) {
    if (!isRoot(record)) return undefined;
    return {
      evidence: evidenceAt(record, "userIdentity.type", "additionalEventData.MFAUsed", "sourceIPAddress"),
      resources: resourcesOf("AWS::IAM::Root", accountOf(record)),
    };
  },
  runbook: [
    "Ask the holders of the root credentials whether one of them signed in, and for which task.",
    "If none did, change the password and MFA through account recovery with AWS Support, and check the e-mail address and phone number.",
    "Check everything root did in the session; keep root without access keys and, in an organization, without a password.",
  ],
  falsePositives: ["One of the few tasks that only root can do, on a known day."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-tasks.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
  ],
};
