import { type CallAws, callsTo } from "../../aws/call";
import { listOf, plainTextOf } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk } from "../support/outcomes";

/**
 * Creates and enables a new detector, so that GuardDuty monitors the region again. The findings, filters, lists and member
 * accounts of the deleted one are lost, and the new one has another ID.
 *
 * Source: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html
 */
export const fixGuarddutyDetectorDeleted: Remediation = {
  id: "guardduty-detector-deleted",
  reads: ["guardduty:ListDetectors"],
  writes: ["guardduty:CreateDetector"],
  async plan(finding: Finding, aws: CallAws) {
    const call = callsTo("guardduty", finding.region);
    // A region has at most one detector.
    const [live] = listOf((await aws(call("ListDetectors", {}))).DetectorIds);
    if (live !== undefined) return alreadyOk(`${finding.region} has the detector ${plainTextOf(live)}`);
    return {
      summary: `Create a GuardDuty detector in ${finding.region}`,
      calls: [call("CreateDetector", { Enable: true })],
      rollback: [
        { ...call("DeleteDetector", {}), fromAnswers: { DetectorId: { call: 0, path: "DetectorId" } } },
      ],
    };
  },
};
