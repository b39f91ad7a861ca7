import { parameterOf } from "../../cloudtrail/parameters";
import type { Detection } from "../detection";
import { isByHand, named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const cognitoMfaDisabled: Detection = {
  id: "cognito-mfa-disabled",
  title: "MFA of a user pool disabled",
  severity: "medium",
  attack: { technique: "T1556.006" },
  tier: "extended",
  noise: "changes",
  events: ["cognito-idp:SetUserPoolMfaConfig", "cognito-idp:UpdateUserPool"],
  remediation: "alert",
  match(record, context) {
    if (!isByHand(record, context)) return undefined;
    const mode = parameterOf(record, "mfaConfiguration");
    if (mode !== "OFF") return uninspected(record);
    return {
      evidence: shown(record, "mfaConfiguration", "userPoolId"),
      resources: named(record, "AWS::Cognito::UserPool", "userPoolId"),
    };
  },
  runbook: [
    "Find out whether the pool asked for MFA before: its users now sign in with a password alone.",
    "Restore the setting from the pool's template (aws cognito-idp set-user-pool-mfa-config).",
    "Look for sign-ins and password resets of important users since then.",
  ],
  falsePositives: [
    "A pool that never asked for MFA, saved by the console: the call contains all settings, changed or not.",
  ],
  references: [
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolMfaConfig.html",
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html",
  ],
};
