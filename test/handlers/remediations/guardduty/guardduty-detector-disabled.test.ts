import { fixGuarddutyDetectorDisabled } from "../../../../handlers/remediations/guardduty/guardduty-detector-disabled";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";
const detectorId = "12abc34d567e8fa901bc2d34e56789f0";
const unknown = failing("BadRequestException");

describe("guardduty-detector-disabled", () => {
  const record = { eventName: "UpdateDetector", awsRegion, requestParameters: { detectorId, enable: false } };
  const detector = (answer: Answers[string]) => ({ aws: { "guardduty:GetDetector": answer } });

  it("enables it", async () => {
    expectPlan(
      await planned(fixGuarddutyDetectorDisabled, record, detector({ Status: "DISABLED" })),
      [["UpdateDetector", { DetectorId: detectorId, Enable: true }]],
      [["UpdateDetector", { DetectorId: detectorId, Enable: false }]],
    );
  });

  it("is already-ok when it is enabled, and changed-since when it is gone", async () => {
    expectOutcome(
      await planned(fixGuarddutyDetectorDisabled, record, detector({ Status: "ENABLED" })),
      "already-ok",
    );
    expectOutcome(await planned(fixGuarddutyDetectorDisabled, record, detector(unknown)), "changed-since");
  });

  describe("in part", () => {
    it("enables nothing that may have been off before", async () => {
      const features = [{ name: "S3_DATA_EVENTS", status: "DISABLED" }];
      const record = { eventName: "UpdateDetector", awsRegion, requestParameters: { detectorId, features } };
      expectOutcome(await planned(fixGuarddutyDetectorDisabled, record), "needs-baseline");
    });
  });
});
