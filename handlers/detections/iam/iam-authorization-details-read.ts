import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";
import { isScanner } from "../readers/principal";

export const iamAuthorizationDetailsRead: Detection = {
  id: "iam-authorization-details-read",
  title: "All of IAM read at once",
  severity: "medium",
  attack: { technique: "T1087.004" },
  tier: "extended",
  noise: "work",
  events: ["iam:GenerateCredentialReport", "iam:GetAccountAuthorizationDetails", "iam:GetCredentialReport"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (isScanner(record, context)) return undefined;
    return calledByHand(record, context, ["filter"]);
  },
  runbook: [
    "Ask the actor what they needed it for: one answer contains every user, role and policy of the account, a map for an attack.",
    "Look at what the same actor called next, above all at changes of policies, keys and trust.",
    "Without an explanation, deactivate the key or revoke the role's sessions; name posture tools in `scanners`.",
  ],
  falsePositives: [
    "Posture and audit tools that are not in `scanners`, and an administrator downloading the credential report.",
  ],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html",
  ],
};
