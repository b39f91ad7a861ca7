import { accountOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { isRoot } from "../readers/principal";
import { textParameterOf } from "../../cloudtrail/parameters";

export const rootLoginProfileCreated: Detection = {
  id: "root-login-profile-created",
  title: "Console password created for root",
  severity: "critical",
  attack: { technique: "T1098.001" },
  tier: "extended",
  noise: "none",
  events: ["iam:CreateLoginProfile"],
  remediation: "alert",
  match(record) {
    if (!isRoot(record) || textParameterOf(record, "userName") !== undefined) return undefined;
    return {
      evidence: evidenceAt(record, "userIdentity.type", "userIdentity.sessionContext.assumedRoot"),
      resources: resourcesOf("AWS::IAM::Root", accountOf(record)),
    };
  },
  runbook: [
    "Ask who administers root access in the organization whether they restored this account's root password; nobody else can.",
    "If nobody did, delete it again with sts:AssumeRoot from the management account, and find out who took that session.",
    "Watch for a root ConsoleLogin, a new MFA device and a changed e-mail address.",
  ],
  falsePositives: ["Root access that is restored centrally for a task that needs it."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html",
  ],
};
