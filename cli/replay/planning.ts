import { clean } from "../../handlers/alerts/clean";
import { commandLineOf } from "../../handlers/alerts/command-line";
import type { Call, CallAws } from "../../handlers/aws/call";
import { findingOf } from "../../handlers/detections/finding";
import { whyOnlyAlert } from "../../handlers/findings/eligibility";
import { problemOfCall } from "../../handlers/problem";
import { activeDetections, catalogueFor, type ReplayFinding, type ReplaySettings } from "./findings";
import type { Planned } from "./planned";

/** Operations that change nothing, by their names. A plan only reads, but this holds for a rule being written, too. */
const reading =
  /^(?:Batch(?:Get|Describe)|Check|Describe|Filter|Get|Head|List|Lookup|Query|Scan|Search|Simulate|Validate)/;

/**
 * Creates the function from a finding to what its fix would do now. The fix reads the live state with the caller's own
 * credentials; nothing is changed.
 */
export function createPlanning(settings: ReplaySettings, aws: CallAws, now: number) {
  const detections = new Map(activeDetections(settings).map((detection) => [detection.id, detection]));
  const fixes = new Map(
    catalogueFor(settings).remediations.map((remediation) => [remediation.id, remediation]),
  );

  const onlyReading: CallAws = (call) => {
    if (reading.test(call.operation)) return aws(call);
    const message = `expected a plan to make only calls that read, found ${nameOf(call)}`;
    return Promise.reject(new Error(message));
  };

  return async ({ id, basis, exception, actor, source }: ReplayFinding): Promise<Planned> => {
    const detection = detections.get(id.slice(id.indexOf("#") + 1));
    const fix = detection && fixes.get(detection.id);
    if (detection === undefined || fix === undefined || basis === undefined)
      return { outcome: "alerted", reason: "this detection has no fix" };
    if (exception !== undefined)
      return {
        outcome: "refused",
        reason: `an exception by ${exception.owner} until ${exception.until} covers it: ${exception.reason}`,
      };
    const finding = findingOf({ detection, ...basis }, basis.record, actor, source);
    // Here records may be of any age.
    const unfit = whyOnlyAlert(finding, Number.POSITIVE_INFINITY, now, fix.containsActor);
    if (unfit !== undefined) return { outcome: "refused", reason: unfit };
    try {
      return await fix.plan(finding, onlyReading, { settings, baselineOf: () => Promise.resolve(undefined) });
    } catch (error) {
      return { outcome: "failed", reason: `unable to read the live state: ${problemOfCall(error)}` };
    }
  };
}

function nameOf({ service, operation }: Call): string {
  return `${service}:${operation}`;
}

/** A plan, or why there is none, in lines below its finding. */
export function linesOfPlan(planned: Planned): string[] {
  if ("outcome" in planned) return [`  ${planned.outcome}: ${clean(planned.reason)}`];
  const { summary, calls, rollback, leaves } = planned;
  return [
    `  plan: ${clean(summary)}`,
    ...calls.map((call) => `    would call  ${commandLineOf(call)}`),
    ...rollback.map((call) => `    rollback    ${commandLineOf(call)}`),
    ...(leaves === undefined ? [] : [`    leaves      ${clean(leaves)}`]),
  ];
}
