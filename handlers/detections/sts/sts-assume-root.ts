import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { textParameterOf } from "../../cloudtrail/parameters";

export const stsAssumeRoot: Detection = {
  id: "sts-assume-root",
  title: "AssumeRoot used",
  severity: "high",
  attack: { technique: "T1548.005" },
  tier: "extended",
  noise: "none",
  events: ["sts:AssumeRoot"],
  remediation: "alert",
  match(record) {
    return {
      evidence: evidenceAt(record, "requestParameters.targetPrincipal", "requestParameters.taskPolicyArn"),
      resources: resourcesOf("AWS::IAM::Root", textParameterOf(record, "targetPrincipal")),
    };
  },
  runbook: [
    "Find out from taskPolicyArn which root task was opened, and in which account.",
    "Ask the few people who may do this; then check what the root session did in that account (userIdentity with assumedRoot).",
    "If it was none of them, contain the actor in the management account at once: it reaches every member account.",
  ],
  falsePositives: ["Repairing a locked bucket or queue policy, or removing root credentials, centrally."],
  references: [
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html",
  ],
};
