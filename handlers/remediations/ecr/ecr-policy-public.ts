import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { fieldsOf, textOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import type { PlanContext, Remediation } from "../remediation";
import { requested } from "../support/outcomes";
import { planReturnOrClosing } from "../support/policy-return";

/**
 * Restores the policy of the repository or the whole registry that the event overwrote, if a baseline has it. Otherwise
 * removes everyone whom the event let in; all other statements stay.
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
  baselines: ["repositoryPolicy", "registryPolicy"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const ofRegistry = nameOf(finding.record) === "PutRegistryPolicy";
    const asked = requested(finding, ofRegistry ? [] : ["repositoryName"]);
    if ("outcome" in asked) return asked;
    const call = callsTo("ecr", finding.region);
    const answer = await unlessGone(
      aws(call(ofRegistry ? "GetRegistryPolicy" : "GetRepositoryPolicy", asked.values)),
      ["RegistryPolicyNotFoundException", "RepositoryPolicyNotFoundException", "RepositoryNotFoundException"],
    );
    const name = textOf((asked.values as Record<string, string>).repositoryName);
    const kept = ofRegistry
      ? await baselineFor(context, baselineKinds.registryPolicy, finding.region, "account")
      : await baselineFor(context, baselineKinds.repositoryPolicy, finding.region, name ?? "");
    return planReturnOrClosing(finding, context, {
      whose: ofRegistry ? `the registry in ${finding.region}` : `the repository ${name}`,
      live: textOf(answer?.policyText),
      written: fieldsOf(finding.record.requestParameters).policyText,
      before: textOf((ofRegistry ? kept?.GetRegistryPolicy : kept?.GetRepositoryPolicy)?.policyText),
      isKnown: kept !== undefined,
      put: (policyText) =>
        call(ofRegistry ? "PutRegistryPolicy" : "SetRepositoryPolicy", { ...asked.values, policyText }),
      remove: () => call(ofRegistry ? "DeleteRegistryPolicy" : "DeleteRepositoryPolicy", asked.values),
    });
  },
};
