import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import { fieldsOf, picked, sameJson } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import { isFalse, isTrue, numberOf, parameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, iamGone, needsBaseline } from "../support/outcomes";

const id = "iam-password-policy-weakened";

/** The members of a password policy. `ExpirePasswords`, which IAM also returns, follows from `MaxPasswordAge`. */
const members = [
  "MinimumPasswordLength",
  "RequireSymbols",
  "RequireNumbers",
  "RequireUppercaseCharacters",
  "RequireLowercaseCharacters",
  "AllowUsersToChangePassword",
  "MaxPasswordAge",
  "PasswordReusePrevention",
  "HardExpiry",
];

/**
 * Restores the baseline's password policy. Without a baseline, sets the configured minimum length (threshold
 * `iam-password-policy-weakened`) on top of what the event left; what else it removed is unknown.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
 */
export const fixIamPasswordPolicyWeakened: Remediation = {
  id,
  reads: ["iam:GetAccountPasswordPolicy"],
  writes: ["iam:UpdateAccountPasswordPolicy"],
  baselines: ["passwordPolicy"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const region = iamRegionOf(finding.region);
    const call = callsTo("iam", region);
    const answer = await unlessGone(aws(call("GetAccountPasswordPolicy", {})), iamGone);
    const live = answer && picked(answer.PasswordPolicy, members);
    const baseline = await baselineFor(context, baselineKinds.passwordPolicy, region, "account");
    const kept =
      baseline?.GetAccountPasswordPolicy && picked(baseline.GetAccountPasswordPolicy.PasswordPolicy, members);
    const floor = context?.settings.context.thresholds[id];
    if (kept === undefined && floor === undefined)
      return needsBaseline(
        "there is no baseline of the password policy, and no minimum length is configured",
      );
    const wanted = kept ?? { ...live, MinimumPasswordLength: floor };
    const isEnough =
      kept === undefined ? Number(live?.MinimumPasswordLength ?? 0) >= Number(floor) : sameJson(live, wanted);
    if (isEnough) return alreadyOk("the password policy is as required");
    if (!isAsLeft(finding, live)) return changedSince("the password policy has changed since");
    return {
      summary:
        kept === undefined
          ? `Require passwords of at least ${floor} characters`
          : "Restore the previous password policy",
      calls: [call("UpdateAccountPasswordPolicy", wanted)],
      rollback: [
        live === undefined
          ? call("DeleteAccountPasswordPolicy", {})
          : call("UpdateAccountPasswordPolicy", live),
      ],
    };
  },
};

/** IAM's default if a call omits the length. Everything else is then off: an update replaces the whole policy. */
const lengthWhenLeftOut = 6;

/** Whether the policy is as the event left it: gone, or exactly what it requested. */
function isAsLeft({ record }: Finding, live: Record<string, unknown> | undefined): boolean {
  if (nameOf(record) === "DeleteAccountPasswordPolicy" || live === undefined)
    return nameOf(record) === "DeleteAccountPasswordPolicy" && live === undefined;
  return members.every((member) => {
    const given =
      parameterOf(record, member) ?? (member === "MinimumPasswordLength" ? lengthWhenLeftOut : false);
    const value = fieldsOf(live)[member];
    if (isTrue(given) || isFalse(given))
      return isTrue(given) === (value !== undefined && value !== false && value !== 0);
    return numberOf(given) === Number(value ?? 0);
  });
}
