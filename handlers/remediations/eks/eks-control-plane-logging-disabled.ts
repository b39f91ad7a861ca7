import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf } from "../../json";
import { isFalse, isTrue, objectsOf, textParameterOf, textsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, refused } from "../support/outcomes";

/**
 * Enables the control plane log types that the event disabled and that are still disabled; with a baseline, only those that
 * were enabled before. Everything else in the call stays.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterConfig.html
 */
export const fixEksControlPlaneLoggingDisabled: Remediation = {
  id: "eks-control-plane-logging-disabled",
  reads: ["eks:DescribeCluster"],
  writes: ["eks:UpdateClusterConfig"],
  baselines: ["cluster"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const { record, region } = finding;
    const name = textParameterOf(record, "name");
    if (name === undefined) return refused("the record does not say which cluster it is");
    const disabled = typesOf(fieldsOf(record.requestParameters).logging, isFalse);
    if (disabled.length === 0) return refused("the record does not say which logs were disabled");
    const call = callsTo("eks", region);
    const answer = await unlessGone(aws(call("DescribeCluster", { name })), ["ResourceNotFoundException"]);
    if (answer === undefined) return changedSince(`the cluster ${name} is gone`);
    const live = typesOf(fieldsOf(answer.cluster).logging, isTrue);
    const baseline = await baselineFor(context, baselineKinds.cluster, region, name);
    const before = baseline && typesOf(fieldsOf(baseline.DescribeCluster?.cluster).logging, isTrue);
    const types = disabled.filter(
      (type) => !live.includes(type) && (before === undefined || before.includes(type)),
    );
    if (types.length === 0) return alreadyOk(`the cluster ${name} has the logs that it had before`);
    const set = (enabled: boolean) =>
      call("UpdateClusterConfig", { name, logging: { clusterLogging: [{ types, enabled }] } });
    return {
      summary: `Enable the ${types.join(", ")} logs of the EKS cluster ${name}`,
      calls: [set(true)],
      rollback: [set(false)],
    };
  },
};

function typesOf(logging: unknown, isSo: (enabled: unknown) => boolean): string[] {
  const types = objectsOf(fieldsOf(logging).clusterLogging)
    .filter((one) => isSo(one.enabled))
    .flatMap((one) => textsOf(one.types));
  return [...new Set(types)];
}
