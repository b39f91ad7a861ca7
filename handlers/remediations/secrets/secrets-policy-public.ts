import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { secretNameOf } from "../../baselines/names";
import { fieldsOf, textOf } from "../../json";
import type { Finding } from "../../detections/finding";
import type { PlanContext, Remediation } from "../remediation";
import { requested } from "../support/outcomes";
import { planReturnOrClosing } from "../support/policy-return";

/**
 * Restores the resource policy that the event overwrote, if a baseline has it. Otherwise removes everyone and other accounts,
 * as far as the event let them in; all other statements stay. Anybody who read the secret has it.
 *
 * Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
 */
export const fixSecretsPolicyPublic: Remediation = {
  id: "secrets-policy-public",
  reads: ["secretsmanager:GetResourcePolicy"],
  writes: ["secretsmanager:PutResourcePolicy", "secretsmanager:DeleteResourcePolicy"],
  baselines: ["secretPolicy"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["secretId"]);
    if ("outcome" in asked) return asked;
    const SecretId = asked.values.secretId;
    const call = callsTo("secretsmanager", finding.region);
    const answer = await unlessGone(aws(call("GetResourcePolicy", { SecretId })), [
      "ResourceNotFoundException",
    ]);
    const name = secretNameOf(SecretId);
    const kept = await baselineFor(context, baselineKinds.secretPolicy, finding.region, name);
    return planReturnOrClosing(finding, context, {
      whose: `the secret ${SecretId}`,
      live: textOf(answer?.ResourcePolicy),
      written: fieldsOf(finding.record.requestParameters).resourcePolicy,
      before: textOf(kept?.GetResourcePolicy?.ResourcePolicy),
      isKnown: kept !== undefined,
      put: (ResourcePolicy) => call("PutResourcePolicy", { SecretId, ResourcePolicy }),
      remove: () => call("DeleteResourcePolicy", { SecretId }),
    });
  },
};
