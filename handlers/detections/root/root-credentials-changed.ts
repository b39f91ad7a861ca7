import { accountOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { isRoot } from "../readers/principal";

export const rootCredentialsChanged: Detection = {
  id: "root-credentials-changed",
  title: "Root password, e-mail or MFA changed",
  severity: "critical",
  attack: { technique: "T1098" },
  tier: "core",
  noise: "rare",
  events: [
    "iam:EmailUpdated",
    "iam:PasswordRecoveryCompleted",
    "iam:PasswordRecoveryRequested",
    "iam:PasswordUpdated",
    "signin:EmailUpdated",
    "signin:PasswordRecoveryCompleted",
    "signin:PasswordRecoveryRequested",
    "signin:PasswordUpdated",
  ],
  remediation: "alert",
  match(record) {
    if (!isRoot(record)) return undefined;
    return {
      evidence: evidenceAt(record, "eventName", "userIdentity.type", "sourceIPAddress"),
      resources: resourcesOf("AWS::IAM::Root", accountOf(record)),
    };
  },
  runbook: [
    "Ask the holders of the root e-mail address; check its mailbox for messages from AWS at that time.",
    "If it was nobody, secure the mailbox first, then recover the account with AWS Support.",
    "Look for root logins and calls around that time, and check the account's alternate contacts.",
  ],
  falsePositives: [
    "A planned change of the password or address; a recovery requested by a holder who forgot it.",
  ],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reset-root-password.html",
    "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-root-user-email.html",
  ],
};
