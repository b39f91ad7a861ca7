import { type CallAws, callsTo } from "../../aws/call";
import { gapsIn } from "../../detections/readers/invocation-logging";
import { fieldsOf, sameJson } from "../../json";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline } from "../support/outcomes";

/**
 * Turns the logging of model invocations on again, as the baseline has it. Invocations in the meantime were not logged.
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
      return alreadyOk(`invocations of models in ${region} are logged as before`);
    if (isThere && gapsIn(now).length === 0)
      return isKnown
        ? changedSince(`invocations of models in ${region} are logged otherwise than before`)
        : alreadyOk(`invocations of models in ${region} are logged`);
    if (!isKnown)
      return needsBaseline(`nothing has kept where invocations of models in ${region} were logged to`);
    return {
      summary: `Log the invocations of Bedrock models in ${region} again`,
      calls: [call("PutModelInvocationLoggingConfiguration", { loggingConfig })],
      rollback: [
        isThere
          ? call("PutModelInvocationLoggingConfiguration", { loggingConfig: now })
          : call("DeleteModelInvocationLoggingConfiguration", {}),
      ],
    };
  },
};
