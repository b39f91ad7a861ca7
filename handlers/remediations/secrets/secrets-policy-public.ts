import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, textOf } from "../../json";
import type { Finding } from "../../detections/finding";
import { planClosing, withoutOpenings } from "../support/policy-openings";
import type { Remediation } from "../remediation";
import { requested } from "../support/outcomes";

/**
 * Takes everyone and other accounts, as far as the event let them in, out of the secret's resource policy. All other
 * statements stay, and so does the secret: whoever read it has it.
 *
 * Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
 */
export const fixSecretsPolicyPublic: Remediation = {
  id: "secrets-policy-public",
  reads: ["secretsmanager:GetResourcePolicy"],
  writes: ["secretsmanager:PutResourcePolicy", "secretsmanager:DeleteResourcePolicy"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["secretId"]);
    if ("outcome" in asked) return asked;
    const SecretId = asked.values.secretId;
    const call = callsTo("secretsmanager", finding.region);
    const answer = await unlessGone(aws(call("GetResourcePolicy", { SecretId })), [
      "ResourceNotFoundException",
    ]);
    const live = textOf(answer?.ResourcePolicy);
    const written = fieldsOf(finding.record.requestParameters).resourcePolicy;
    return planClosing(withoutOpenings(live, written, finding.match.evidence), {
      whose: `the secret ${SecretId}`,
      live,
      put: (ResourcePolicy) => call("PutResourcePolicy", { SecretId, ResourcePolicy }),
      remove: () => call("DeleteResourcePolicy", { SecretId }),
    });
  },
};
