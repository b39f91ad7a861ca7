import { type CallAws, callsTo } from "../../aws/call";
import { gapsIn } from "../../detections/readers/invocation-logging";
import { fieldsOf, sameJson } from "../../json";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline } from "../support/outcomes";

/**
 * Enables model invocation logging again, as in the baseline. Invocations in the meantime were not logged.
 *
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_PutModelInvocationLoggingConfiguration.html
 */
export const fixBedrockInvocationLoggingDisabled: Remediation = {
  id: "bedrock-invocation-logging-disabled",
  reads: ["bedrock:GetModelInvocationLoggingConfiguration"],
  writes: ["bedrock:PutModelInvocationLoggingConfiguration", "iam:PassRole bedrock.amazonaws.com"],
  baselines: ["invocationLogging"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const { region } = finding;
    const call = callsTo("bedrock", region);
    const live = await aws(call("GetModelInvocationLoggingConfiguration", {}));
    const now = fieldsOf(live.loggingConfig);
    const isThere = Object.keys(now).length > 0;
    const baseline = await baselineFor(context, baselineKinds.invocationLogging, region, "account");
    const loggingConfig = fieldsOf(baseline?.GetModelInvocationLoggingConfiguration?.loggingConfig);
    const isKnown = Object.keys(loggingConfig).length > 0;
    if (isKnown && sameJson(now, loggingConfig))
      return alreadyOk(`model invocations in ${region} are logged as before`);
    if (isThere && gapsIn(now).length === 0)
      return isKnown
        ? changedSince(`model invocations in ${region} are logged differently than before`)
        : alreadyOk(`model invocations in ${region} are logged`);
    if (!isKnown) return needsBaseline(`no baseline shows where model invocations in ${region} were logged`);
    return {
      summary: `Log Bedrock model invocations in ${region} again`,
      calls: [call("PutModelInvocationLoggingConfiguration", { loggingConfig })],
      rollback: [
        isThere
          ? call("PutModelInvocationLoggingConfiguration", { loggingConfig: now })
          : call("DeleteModelInvocationLoggingConfiguration", {}),
      ],
    };
  },
};
