import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, textOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import { planClosing, withoutOpenings } from "../support/policy-openings";
import type { Remediation } from "../remediation";
import { requested } from "../support/outcomes";

/**
 * Takes everyone, as far as the event let everyone in, out of the policy of the repository or of the whole registry. All
 * other statements stay.
 *
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html
 */
export const fixEcrPolicyPublic: Remediation = {
  id: "ecr-policy-public",
  reads: ["ecr:GetRepositoryPolicy", "ecr:GetRegistryPolicy"],
  writes: [
    "ecr:SetRepositoryPolicy",
    "ecr:DeleteRepositoryPolicy",
    "ecr:PutRegistryPolicy",
    "ecr:DeleteRegistryPolicy",
  ],
  async plan(finding: Finding, aws: CallAws) {
    const ofRegistry = nameOf(finding.record) === "PutRegistryPolicy";
    const asked = requested(finding, ofRegistry ? [] : ["repositoryName"]);
    if ("outcome" in asked) return asked;
    const call = callsTo("ecr", finding.region);
    const answer = await unlessGone(
      aws(call(ofRegistry ? "GetRegistryPolicy" : "GetRepositoryPolicy", asked.values)),
      ["RegistryPolicyNotFoundException", "RepositoryPolicyNotFoundException", "RepositoryNotFoundException"],
    );
    const live = textOf(answer?.policyText);
    const written = fieldsOf(finding.record.requestParameters).policyText;
    return planClosing(withoutOpenings(live, written, finding.match.evidence), {
      whose: ofRegistry
        ? `the registry in ${finding.region}`
        : `the repository ${(asked.values as Record<string, string>).repositoryName}`,
      live,
      put: (policyText) =>
        call(ofRegistry ? "PutRegistryPolicy" : "SetRepositoryPolicy", { ...asked.values, policyText }),
      remove: () => call(ofRegistry ? "DeleteRegistryPolicy" : "DeleteRepositoryPolicy", asked.values),
    });
  },
};
