import { uninspected } from "../readers/uninspected";
import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt } from "../readers/evidence";
import { numberOf, parameterOf } from "../../cloudtrail/parameters";

const id = "iam-password-policy-weakened";

/** IAM's default if a call omits the length: an update replaces the whole policy. */
const lengthWhenLeftOut = 6;

export const iamPasswordPolicyWeakened: Detection = {
  id,
  title: "Account password policy deleted or weakened",
  severity: "medium",
  attack: { technique: "T1556" },
  tier: "core",
  noise: "rare",
  events: ["iam:DeleteAccountPasswordPolicy", "iam:UpdateAccountPasswordPolicy"],
  remediation: "baseline",
  match(record, context) {
    const resources = [{ type: "AWS::IAM::AccountPasswordPolicy", id: context.account }];
    if (nameOf(record) === "DeleteAccountPasswordPolicy") return { evidence: evidenceAt(record), resources };
    const hidden = uninspected(record);
    if (hidden !== undefined) return hidden;
    const least = context.thresholds[id] ?? 8;
    const length = numberOf(parameterOf(record, "minimumPasswordLength")) ?? lengthWhenLeftOut;
    if (length >= least) return undefined;
    return {
      evidence: [
        {
          parameter: "requestParameters.minimumPasswordLength",
          value: length,
          why: `passwords may be shorter than ${least} characters`,
        },
      ],
      resources,
    };
  },
  runbook: [
    "Read the current policy (aws iam get-account-password-policy) and restore your baseline.",
    "Look for passwords set since then: CreateLoginProfile, UpdateLoginProfile, ChangePassword.",
    "Ask the actor for the change request; the policy applies to every IAM user of the account.",
  ],
  falsePositives: [
    "An account whose people all sign in through IAM Identity Center, so the policy protects nothing.",
  ],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html",
  ],
};
