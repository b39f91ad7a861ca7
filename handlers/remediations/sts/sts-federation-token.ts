import type { CallAws } from "../../aws/call";
import { textOf, fieldsOf } from "../../json";
import type { Finding } from "../../detections/finding";
import { deactivationReads, deactivationWrites, planDeactivation } from "../support/deactivate-key";
import { denySessions } from "../support/quarantine";
import type { Plan, Remediation } from "../remediation";
import { alreadyOk, refused } from "../support/outcomes";
import { planOfSteps } from "../support/steps";

/**
 * Denies everything to the user's temporary credentials that were issued before now, including the federation token, and
 * deactivates the access key that requested it, or it would request another. The token survives deactivation of the key, and
 * cannot be revoked otherwise. The user's other keys and password stay.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_disable-perms.html
 */
export const fixStsFederationToken: Remediation = {
  id: "sts-federation-token",
  reads: [...deactivationReads, "iam:GetUserPolicy"],
  writes: [...deactivationWrites, "iam:PutUserPolicy"],
  async plan(finding: Finding, aws: CallAws) {
    const { actor, record } = finding;
    const user = textOf(fieldsOf(record.userIdentity).userName);
    if (actor.type !== "IAMUser" || user === undefined)
      return refused("only an IAM user's federation tokens can be denied from here");
    const denial = await denySessions(finding, aws, Date.now(), "User", { name: user });
    const key = actor.accessKeyId;
    const deactivation = key?.startsWith("AKIA")
      ? await planDeactivation(finding, user, key, aws)
      : alreadyOk("the call was made without a long-term access key");
    const plans = [denial, deactivation].filter((plan): plan is Plan => !("outcome" in plan));
    if (plans.length === 0) return denial;
    return planOfSteps(
      plans.map(({ summary }) => summary).join("; "),
      plans.flatMap(({ calls, rollback }) => calls.map((call) => ({ call, rollback }))),
    );
  },
};
