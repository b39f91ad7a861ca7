import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { nameInArn } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { fieldsOf, sameJson } from "../../json";
import type { PlanContext, Remediation } from "../remediation";
import {
  inputOf,
  logsAllManagement,
  logsLess,
  selectorsOf,
  withManagement,
} from "../support/event-selectors";
import { alreadyOk, changedSince, requested } from "../support/outcomes";

/**
 * Makes the trail log all management events again. With a baseline, the earlier selectors are restored; without one, what
 * the event left of them stays, above all data resources, and only management events are added.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
 */
export const fixCloudtrailEventSelectorsWeakened: Remediation = {
  id: "cloudtrail-event-selectors-weakened",
  reads: ["cloudtrail:GetEventSelectors"],
  writes: ["cloudtrail:PutEventSelectors"],
  baselines: ["trail"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["trailName"]);
    if ("outcome" in asked) return asked;
    const { trailName } = asked.values;
    const call = callsTo("cloudtrail", finding.region);
    const answer = await unlessGone(aws(call("GetEventSelectors", { TrailName: trailName })), [
      "TrailNotFoundException",
    ]);
    const baseline = await baselineFor(context, baselineKinds.trail, finding.region, nameInArn(trailName));
    if (answer === undefined) return changedSince(`the trail ${trailName} is gone`);
    const live = selectorsOf(answer);
    const before = baseline?.GetEventSelectors;
    const kept = before === undefined ? undefined : selectorsOf(before);
    if (kept !== undefined && !logsLess(live, kept))
      return alreadyOk(`the trail ${trailName} logs what it logged before`);
    if (kept === undefined && logsAllManagement(live))
      return alreadyOk(`the trail ${trailName} logs all management events`);
    if (!sameJson(live, selectorsOf(fieldsOf(finding.record.requestParameters))))
      return changedSince(`the selectors of the trail ${trailName} were set again`);
    const put = (selectors: typeof live) =>
      call("PutEventSelectors", { TrailName: trailName, ...inputOf(selectors) });
    const rollback = [put(live)];
    if (kept !== undefined)
      return {
        summary: `Restore the event selectors of the trail ${trailName}`,
        calls: [put(kept)],
        rollback,
      };
    return {
      summary: `Log all management events in the trail ${trailName} again`,
      calls: [put(withManagement(live))],
      rollback,
      leaves: `no baseline shows whether the trail ${trailName} logged other events before`,
    };
  },
};
