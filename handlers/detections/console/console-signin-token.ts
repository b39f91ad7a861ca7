import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { textOf } from "../../json";
import { arnsOf, isIdentityCenterSession } from "../readers/principal";

export const consoleSigninToken: Detection = {
  id: "console-signin-token",
  title: "Console sign-in token minted from API credentials",
  severity: "medium",
  attack: { technique: "T1550.001" },
  tier: "extended",
  noise: "changes",
  events: ["signin:GetSigninToken"],
  remediation: "alert",
  match(record) {
    // The access portal of IAM Identity Center requests tokens for its own sessions; for any other session, the client
    // is whatever
    // the caller claims.
    if (isIdentityCenterSession(record) && textOf(record.userAgent)?.startsWith("Jersey/")) return undefined;
    return {
      evidence: evidenceAt(record, "userAgent", "sourceIPAddress"),
      resources: resourcesOf("AWS::IAM::Role", arnsOf(record)[0]),
    };
  },
  runbook: [
    "See from userAgent which program turned keys into a console session, and ask its owner.",
    "Compare the address with the actor's usual ones; stolen instance or function credentials show up here first.",
    "If it was not intended, revoke the role's older sessions: the console session ends with them.",
  ],
  falsePositives: ["Command-line tools that open the console for a profile; your own federation broker."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html",
  ],
};
