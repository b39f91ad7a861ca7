import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { type Fields, fieldsOf } from "../../json";
import { isFalse, nameInArn } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { NoPlan, Plan, PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, requested } from "../support/outcomes";
import { destinations, flags, sameSetting, type Setting, settingBack, settingOf } from "../support/trails";

/**
 * Restores the flags of the trail that the event set to false and that are still false; its destinations and its key only
 * from the baseline. With a baseline, only settings that were different before are restored. Other settings of the call
 * stay.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html
 */
export const fixCloudtrailTrailWeakened: Remediation = {
  id: "cloudtrail-trail-weakened",
  reads: ["cloudtrail:GetTrail"],
  writes: [
    "cloudtrail:UpdateTrail",
    // For the role that a trail writes to CloudWatch Logs with.
    "iam:PassRole cloudtrail.amazonaws.com",
  ],
  baselines: ["trail"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["name"]);
    if ("outcome" in asked) return asked;
    const given = fieldsOf(finding.record.requestParameters);
    const call = callsTo("cloudtrail", finding.region);
    const name = nameInArn(asked.values.name);
    const answer = await unlessGone(aws(call("GetTrail", { Name: asked.values.name })), [
      "TrailNotFoundException",
    ]);
    const baseline = (await baselineFor(context, baselineKinds.trail, finding.region, name))?.GetTrail;
    if (answer === undefined) return changedSince(`the trail ${name} is gone`);
    const live = fieldsOf(answer.Trail);
    const before = baseline === undefined ? undefined : fieldsOf(baseline.Trail);
    const { lowered, moved } = takenBy(given, before);
    const offMoved = moved.filter((one) => sameSetting(settingOf(live, one), given[one.recorded]));
    const toSet = [
      ...lowered.filter((one) => live[one.live] === false),
      // Only a baseline shows where it delivered to before.
      ...(before === undefined ? [] : offMoved),
    ];
    if (toSet.length === 0) return whyNothing(name, live, before, moved);
    const on = Object.fromEntries(flags.map((flag) => [flag.live, true]));
    const { after, rollback } = settingBack(toSet, live, { ...before, ...on });
    const update = (settings: Fields) => call("UpdateTrail", { Name: asked.values.name, ...settings });
    const plan: Plan = {
      summary: `Restore ${Object.keys(after).join(", ")} of the trail ${name}`,
      calls: [update(after)],
      rollback: [update(rollback)],
    };
    const lost = before === undefined ? offMoved.map(({ input }) => input) : [];
    return lost.length === 0
      ? plan
      : { ...plan, leaves: `no baseline shows what ${lost.join(", ")} of the trail ${name} was before` };
  },
};

/** The flags that the event lowered and the destinations that it moved; with a baseline, only those that it changed. */
function takenBy(given: Fields, before: Fields | undefined) {
  return {
    lowered: flags.filter(
      (flag) => isFalse(given[flag.recorded]) && (before === undefined || before[flag.live] === true),
    ),
    moved: destinations.filter(
      (one) =>
        given[one.recorded] !== undefined &&
        (before === undefined || !sameSetting(settingOf(before, one), given[one.recorded])),
    ),
  };
}

/** Why there is nothing to restore. */
function whyNothing(name: string, live: Fields, before: Fields | undefined, moved: Setting[]): NoPlan {
  if (before === undefined && moved.length > 0)
    return needsBaseline(
      `no baseline shows what ${moved.map(({ input }) => input).join(", ")} of the trail ${name} was before`,
    );
  if (
    before !== undefined &&
    !moved.every((one) => sameSetting(settingOf(live, one), settingOf(before, one)))
  )
    return changedSince(`the trail ${name} was updated again`);
  return alreadyOk(`the trail ${name} has everything that the call took from it`);
}
