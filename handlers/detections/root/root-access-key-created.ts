import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isRoot } from "../readers/principal";
import { textParameterOf } from "../../cloudtrail/parameters";

export const rootAccessKeyCreated: Detection = {
  id: "root-access-key-created",
  title: "Root access key created",
  severity: "critical",
  attack: { technique: "T1098.001" },
  tier: "core",
  noise: "none",
  events: ["iam:CreateAccessKey"],
  remediation: "alert",
  match(record) {
    if (!isRoot(record) || textParameterOf(record, "userName") !== undefined) return undefined;
    return {
      evidence: evidenceAt(record, "userIdentity.type", "responseElements.accessKey.accessKeyId"),
      resources: resourcesOf(
        "AWS::IAM::AccessKey",
        valueAt(record, "responseElements.accessKey.accessKeyId"),
      ),
    };
  },
  runbook: [
    "Sign in as root and delete the key, or use sts:AssumeRoot from the management account; nothing else in the account can disable it.",
    "Change the root password and MFA, and check the root e-mail address: whoever created the key was signed in as root.",
    "Search CloudTrail for the accessKeyId and treat whatever it did as an attacker's until proven otherwise.",
  ],
  falsePositives: ["Hardly any task needs a root key."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user_manage_delete-key.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html",
  ],
};
