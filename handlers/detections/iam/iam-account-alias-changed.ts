import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const iamAccountAliasChanged: Detection = {
  id: "iam-account-alias-changed",
  title: "Account alias changed",
  severity: "low",
  attack: { technique: "T1098" },
  tier: "extended",
  noise: "work",
  events: ["iam:CreateAccountAlias", "iam:DeleteAccountAlias"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) => calledByHand(record, context, ["accountAlias"]),
  runbook: [
    "Ask the actor why: people sign in at the alias, and anybody can take it once it is free.",
    "Restore it (CreateAccountAlias) if nobody knows why.",
    "Tell people where to sign in until then.",
  ],
  falsePositives: ["An account that is renamed."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html",
  ],
};
