import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, textOf, sameJson } from "../../json";
import { textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, refused, requested } from "../support/outcomes";

/**
 * Removes the access policy from the principal's access entry, which stays with its other policies and groups.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_DisassociateAccessPolicy.html
 */
export const fixEksClusterAdminGranted: Remediation = {
  id: "eks-cluster-admin-granted",
  reads: ["eks:ListAssociatedAccessPolicies"],
  writes: ["eks:DisassociateAccessPolicy"],
  async plan(finding: Finding, aws: CallAws) {
    const { record, region } = finding;
    const asked = requested(finding, ["principalArn", "policyArn"]);
    if ("outcome" in asked) return asked;
    // The API's path names the cluster `name`, its SDK `clusterName`.
    const clusterName = textParameterOf(record, "clusterName") ?? textParameterOf(record, "name");
    if (clusterName === undefined) return refused("the record does not say which cluster");
    const { policyArn } = asked.values;
    const entry = { clusterName, principalArn: decoded(asked.values.principalArn) };
    const call = callsTo("eks", region);
    const gone = ["ResourceNotFoundException"];
    const answer = await unlessGone(
      aws(call("ListAssociatedAccessPolicies", { ...entry, maxResults: 100 })),
      gone,
    );
    const live = listOf(answer?.associatedAccessPolicies)
      .map(fieldsOf)
      .find((policy) => policy.policyArn === policyArn);
    const what = `${policyArn} of ${entry.principalArn} in the cluster ${clusterName}`;
    if (live === undefined) return alreadyOk(`${what} is gone`);
    const { accessScope } = fieldsOf(record.requestParameters);
    if (accessScope !== undefined && !sameScope(accessScope, live.accessScope))
      return changedSince(`${what} now has another scope`);
    return {
      summary: `Remove ${what}`,
      calls: [{ ...call("DisassociateAccessPolicy", { ...entry, policyArn }), doneWhen: gone }],
      rollback: [call("AssociateAccessPolicy", { ...entry, policyArn, accessScope: live.accessScope })],
    };
  },
};

/** The ARN is part of the call's path, which a record may contain as sent: `arn%3Aaws%3Aiam…`. */
function decoded(arn: string): string {
  try {
    return arn.startsWith("arn%3A") ? decodeURIComponent(arn) : arn;
  } catch {
    return arn;
  }
}

function sameScope(a: unknown, b: unknown): boolean {
  const normal = (scope: unknown) => {
    const { type, namespaces } = fieldsOf(scope);
    return { type: textOf(type), namespaces: listOf(namespaces).map(String).sort() };
  };
  return sameJson(normal(a), normal(b));
}
