import { accountOf, nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isAwsService, isRoot, isWrite } from "../readers/principal";
import { isTrue } from "../../cloudtrail/parameters";

/** Made by the console itself, or reported by another detection (root-console-login). */
const passedOver = ["ConsoleLogin", "CreateServiceLinkedRole"];

export const rootActivity: Detection = {
  id: "root-activity",
  title: "Root user used",
  severity: "high",
  attack: { technique: "T1078.004" },
  tier: "core",
  noise: "rare",
  events: ["*"],
  hint: { field: "userIdentity", texts: ['"Root"'] },
  remediation: "alert",
  match(record) {
    if (!isRoot(record) || !isWrite(record)) return undefined;
    if (isAwsService(record)) return undefined;
    if (passedOver.includes(nameOf(record))) return undefined;
    const isAssumed = isTrue(valueAt(record, "userIdentity.sessionContext.assumedRoot"));
    return {
      evidence: evidenceAt(
        record,
        "userIdentity.type",
        "eventName",
        "userIdentity.sessionContext.assumedRoot",
        "sourceIPAddress",
      ),
      resources: resourcesOf("AWS::IAM::Root", accountOf(record)),
      // A root session for one task, opened from the organization and reported there by sts-assume-root.
      severity: isAssumed ? "medium" : "high",
    };
  },
  runbook: [
    "Ask the holders of the root credentials what the task was; only a handful of tasks need root.",
    "If it was nobody, recover the account with AWS Support, and revert root's changes from the list of its calls.",
    "If it was a habit, give that person a role with the permissions they need, and lock the root credentials away.",
  ],
  falsePositives: ["Tasks that only root can do, such as closing the account or changing its support plan."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-tasks.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
  ],
};
