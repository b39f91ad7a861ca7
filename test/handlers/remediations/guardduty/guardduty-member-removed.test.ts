import { fixGuarddutyMemberRemoved } from "../../../../handlers/remediations/guardduty/guardduty-member-removed";
import { expectOutcome, expectPlan, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";
const detectorId = "12abc34d567e8fa901bc2d34e56789f0";

describe("guardduty-member-removed", () => {
  const record = {
    eventName: "StopMonitoringMembers",
    awsRegion,
    requestParameters: { detectorId, accountIds: ["444455556666", "777788889999"] },
  };
  const members = (...Members: object[]) => ({ aws: { "guardduty:GetMembers": { Members } } });

  it("monitors those again that are members and not monitored", async () => {
    const input = { DetectorId: detectorId, AccountIds: ["444455556666"] };
    expectPlan(
      await planned(
        fixGuarddutyMemberRemoved,
        record,
        members(
          { AccountId: "444455556666", RelationshipStatus: "Disabled" },
          { AccountId: "777788889999", RelationshipStatus: "Enabled" },
        ),
      ),
      [["StartMonitoringMembers", input]],
      [["StopMonitoringMembers", input]],
    );
  });

  it("is already-ok when nobody is, and needs people for the other events", async () => {
    expectOutcome(await planned(fixGuarddutyMemberRemoved, record, members()), "already-ok");
    expectOutcome(
      await planned(fixGuarddutyMemberRemoved, { ...record, eventName: "DeleteMembers" }),
      "needs-baseline",
    );
  });
});
