import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { isFalse } from "../../cloudtrail/parameters";
import { fieldsOf } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, requested } from "../support/outcomes";
import { guardDutyUnknown } from "../support/guardduty-unknown";

/**
 * Enables the detector again. Its features, data sources and publishing frequency stay as they are, because the event does
 * not show what was on before.
 *
 * Source: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateDetector.html
 */
export const fixGuarddutyDetectorDisabled: Remediation = {
  id: "guardduty-detector-disabled",
  reads: ["guardduty:GetDetector"],
  writes: ["guardduty:UpdateDetector"],
  async plan(finding: Finding, aws: CallAws) {
    // A protection that is off may have been off before: enabling it would do more than revert the event.
    if (!isFalse(fieldsOf(finding.record.requestParameters).enable))
      return needsBaseline("the record does not say which protections were on before");
    const asked = requested(finding, ["detectorId"]);
    if ("outcome" in asked) return asked;
    const DetectorId = asked.values.detectorId;
    const call = callsTo("guardduty", finding.region);
    const live = await unlessGone(aws(call("GetDetector", { DetectorId })), guardDutyUnknown);
    if (live === undefined) return changedSince(`the detector ${DetectorId} is gone`);
    if (live.Status === "ENABLED") return alreadyOk(`the detector ${DetectorId} is enabled`);
    return {
      summary: `Enable the GuardDuty detector ${DetectorId}`,
      calls: [call("UpdateDetector", { DetectorId, Enable: true })],
      rollback: [call("UpdateDetector", { DetectorId, Enable: false })],
    };
  },
};
