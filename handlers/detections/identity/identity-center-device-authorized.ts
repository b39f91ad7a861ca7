import { textParameterOf } from "../../cloudtrail/parameters";
import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const identityCenterDeviceAuthorized: Detection = {
  id: "identity-center-device-authorized",
  title: "Identity Center sign-in approved for another device",
  severity: "medium",
  attack: { technique: "T1528" },
  tier: "extended",
  noise: "work",
  events: ["sso-oauth:CreateToken", "sso:CreateToken"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (textParameterOf(record, "grantType")?.endsWith(":device_code") !== true) return uninspected(record);
    return calledByHand(record, context, ["grantType", "clientId"]);
  },
  runbook: [
    "Ask the user whether they ran `aws sso login` at that time; a link with a code that somebody sends does the same for the sender.",
    "Delete the user's sessions in IAM Identity Center if they did not, and look at the address that got the token.",
    "Prefer clients that sign in on the same device (`aws sso login` without --use-device-code).",
  ],
  falsePositives: ["A command line on a machine without a browser, or an old version of it."],
  references: [
    "https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html",
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/sso-cloudtrail-use-cases.html",
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html",
  ],
};
