import { expect } from "chai";
import { fixGuarddutyDetectorDeleted } from "../../../../handlers/remediations/guardduty/guardduty-detector-deleted";
import { completedRollback } from "../../../../handlers/remediations/receipt";
import type { Plan } from "../../../../handlers/remediations/remediation";
import { expectOutcome, expectPlan, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";
const detectorId = "12abc34d567e8fa901bc2d34e56789f0";

describe("guardduty-detector-deleted", () => {
  const record = { eventName: "DeleteDetector", awsRegion, requestParameters: { detectorId } };

  it("makes one, and would delete it by the id that it got", async () => {
    const plan = await planned(fixGuarddutyDetectorDeleted, record, {
      aws: { "guardduty:ListDetectors": { DetectorIds: [] } },
    });
    expectPlan(plan, [["CreateDetector", { Enable: true }]], [["DeleteDetector", {}]]);
    const [rollback] = completedRollback(plan as Plan, [{ DetectorId: "new" }]);
    expect(rollback?.input).to.deep.equal({ DetectorId: "new" });
    expect(rollback).not.to.have.property("fromAnswers");
    expect(completedRollback(plan as Plan, [undefined])).to.deep.equal([]);
  });

  it("is already-ok when the region has one", async () => {
    const aws = { "guardduty:ListDetectors": { DetectorIds: ["other"] } };
    expectOutcome(await planned(fixGuarddutyDetectorDeleted, record, { aws }), "already-ok");
  });
});
