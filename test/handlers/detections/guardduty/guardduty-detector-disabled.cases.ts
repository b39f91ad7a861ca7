import { call, type Cases } from "../support/cases";

const detectorId = "12abc34d567e8fa901bc2d34e56789f0";

export const cases: Cases = {
  hits: [
    {
      name: "a boolean",
      record: call("guardduty:UpdateDetector", { detectorId, enable: false }),
      resources: [detectorId],
      evidence: "requestParameters.enable",
    },
    { name: "a text", record: call("guardduty:UpdateDetector", { detectorId, enable: "false" }) },
  ],
  quiet: [
    { name: "switched on", record: call("guardduty:UpdateDetector", { detectorId, enable: true }) },
    {
      name: "another setting",
      record: call("guardduty:UpdateDetector", { detectorId, findingPublishingFrequency: "ONE_HOUR" }),
    },
  ],
};
