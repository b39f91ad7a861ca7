import { type CallAws, unlessGone } from "../../aws/call";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, requested } from "../support/outcomes";

/** Starts the trail again, in the region of the call: its home region, the only one where it can be stopped. */
export const fixCloudtrailLoggingStopped: Remediation = {
  id: "cloudtrail-logging-stopped",
  reads: ["cloudtrail:GetTrailStatus"],
  writes: ["cloudtrail:StartLogging"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["name"]);
    if ("outcome" in asked) return asked;
    const call = (operation: string) => ({
      service: "cloudtrail",
      operation,
      region: finding.region,
      input: { Name: asked.values.name },
    });
    const status = await unlessGone(aws(call("GetTrailStatus")), ["TrailNotFoundException"]);
    if (status === undefined) return changedSince(`the trail ${asked.values.name} is gone`);
    if (status.IsLogging === true) return alreadyOk(`the trail ${asked.values.name} is logging`);
    return {
      summary: `Start logging of the trail ${asked.values.name}`,
      calls: [call("StartLogging")],
      rollback: [call("StopLogging")],
    };
  },
};
