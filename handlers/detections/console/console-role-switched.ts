import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const consoleRoleSwitched: Detection = {
  id: "console-role-switched",
  title: "Role switched in the console",
  severity: "low",
  attack: { technique: "T1078.004" },
  tier: "extended",
  noise: "work",
  events: ["signin:SwitchRole"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(record, context, ["additionalEventData.SwitchFrom", "additionalEventData.RedirectTo"]),
  runbook: [
    "Ask the actor why they switched to the role; look at what it did in this account.",
    "End the role's sessions if it was not them.",
    "Look at how they signed in before: address, MFA, time.",
  ],
  falsePositives: ["A person using a role for the first time."],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-console.html",
  ],
};
