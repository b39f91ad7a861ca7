import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const organizationAccountCreated: Detection = {
  id: "organization-account-created",
  title: "Account created in the organization",
  severity: "medium",
  attack: { technique: "T1136.003" },
  tier: "extended",
  noise: "work",
  events: ["organizations:CreateAccount", "organizations:CreateGovCloudAccount"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(record, context, [
      "accountName",
      "roleName",
      "iamUserAccessToBilling",
      "responseElements.createAccountStatus.id",
    ]),
  runbook: [
    "Ask the actor what the account is for, and who signs in to it as root.",
    "Move it under a unit whose policies deny everything if nobody can explain it, before you close it.",
    "Look at what runs in it already.",
  ],
  falsePositives: ["A landing zone where an account is created by hand."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_create.html",
  ],
};
