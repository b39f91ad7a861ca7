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
 * Starts the trail again, in the region of the call: it can be stopped only in its home region. Changes to the trail while it
 * was stopped are in none of its log files, so its settings and selectors are compared with its baseline, and restored where
 * they are weaker.
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
    const before = await baselineFor(context, baselineKinds.trail, finding.region, nameInArn(name));
    if (status === undefined) return changedSince(`the trail ${name} is gone`);
    const { steps: back, leaves } = await comparedWithBefore(finding, name, aws, before);
    // First, so that any further change to the trail is recorded.
    const steps = status.IsLogging === true ? back : [startStep(finding.region, name), ...back];
    if (steps.length === 0)
      return alreadyOk(`the trail ${name} is logging${leaves === undefined ? "" : `; ${leaves}`}`);
    const plan = planOfSteps(
      summaryOf(name, { isLogging: status.IsLogging === true, isAsBefore: back.length === 0 }),
      steps,
    );
    return leaves === undefined ? plan : { ...plan, leaves };
  },
};

function summaryOf(
  name: string,
  { isLogging, isAsBefore }: { isLogging: boolean; isAsBefore: boolean },
): string {
  if (isAsBefore) return `Start the trail ${name}`;
  if (isLogging) return `Restore the settings and selectors of the trail ${name}`;
  return `Start the trail ${name} and restore its settings and selectors`;
}
