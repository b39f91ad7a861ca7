import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { nameInArn } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, requested } from "../support/outcomes";
import { planOfSteps } from "../support/steps";
import { comparedWithBefore, startStep, trailReads, trailWrites } from "../support/trails";

/**
 * Starts the trail again, in the region of the call: its home region, where alone it can be stopped. What was done to the
 * trail meanwhile stands in none of its log files: its settings and selectors are compared with its baseline, and brought
 * back where they are weaker.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartLogging.html
 */
export const fixCloudtrailLoggingStopped: Remediation = {
  id: "cloudtrail-logging-stopped",
  reads: trailReads,
  writes: trailWrites,
  baselines: ["trail"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["name"]);
    if ("outcome" in asked) return asked;
    const { name } = asked.values;
    const call = callsTo("cloudtrail", finding.region);
    const status = await unlessGone(aws(call("GetTrailStatus", { Name: name })), ["TrailNotFoundException"]);
    if (status === undefined) return changedSince(`the trail ${name} is gone`);
    const before = await baselineFor(context, baselineKinds.trail, finding.region, nameInArn(name));
    const { steps: back, leaves } = await comparedWithBefore(finding, name, aws, before);
    // First: from then on, what else is done to the trail is seen.
    const steps = status.IsLogging === true ? back : [startStep(finding.region, name), ...back];
    if (steps.length === 0)
      return alreadyOk(`the trail ${name} is logging${leaves === undefined ? "" : `; ${leaves}`}`);
    const verb = status.IsLogging === true ? "Set" : "Start the logging of the trail and set";
    const plan = planOfSteps(
      back.length === 0
        ? `Start the logging of the trail ${name}`
        : `${verb} the settings and selectors of the trail ${name} back to what they were`,
      steps,
    );
    return leaves === undefined ? plan : { ...plan, leaves };
  },
};
