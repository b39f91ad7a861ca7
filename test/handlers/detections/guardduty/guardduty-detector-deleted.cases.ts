import { call, type Cases } from "../support/cases";

const detectorId = "12abc34d567e8fa901bc2d34e56789f0";

export const cases: Cases = {
  hits: [
    { name: "a detector", record: call("guardduty:DeleteDetector", { detectorId }), resources: [detectorId] },
  ],
  quiet: [
    {
      name: "a detector of another service",
      record: call("frauddetector:DeleteDetector", { detectorId: "fraud" }),
    },
  ],
  everyCall: "a deleted detector detects nothing, whoever deleted it",
};
