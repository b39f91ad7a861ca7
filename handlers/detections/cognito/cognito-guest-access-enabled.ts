import type { Detection } from "../detection";
import { fieldOf, isTrue, parameterOf } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const cognitoGuestAccessEnabled: Detection = {
  id: "cognito-guest-access-enabled",
  title: "AWS credentials given to guests",
  severity: "medium",
  attack: { technique: "T1078.004" },
  tier: "extended",
  noise: "rare",
  events: [
    "cognito-identity:CreateIdentityPool",
    "cognito-identity:SetIdentityPoolRoles",
    "cognito-identity:UpdateIdentityPool",
  ],
  remediation: "alert",
  match(record) {
    const guest = fieldOf(parameterOf(record, "roles"), "unauthenticated");
    if (!isTrue(parameterOf(record, "allowUnauthenticatedIdentities")) && guest === undefined)
      return uninspected(record);
    return {
      evidence: shown(record, "allowUnauthenticatedIdentities", "allowClassicFlow", "roles"),
      resources: named(record, "AWS::Cognito::IdentityPool", "identityPoolId", "identityPoolName"),
    };
  },
  runbook: [
    "Look at the guest role: whoever knows the pool's ID, which is in the app, gets its permissions without a login.",
    "Disable guest access (UpdateIdentityPool) unless the app needs it.",
    "Look at what the role did since then, and from which addresses.",
  ],
  falsePositives: ["An app that people can use before they have an account."],
  references: [
    "https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_CreateIdentityPool.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html",
  ],
};
