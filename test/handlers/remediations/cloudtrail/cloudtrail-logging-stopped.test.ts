import { expect } from "chai";
import { fixCloudtrailLoggingStopped } from "../../../../handlers/remediations/cloudtrail/cloudtrail-logging-stopped";
import type { Plan } from "../../../../handlers/remediations/remediation";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";

describe("cloudtrail-logging-stopped", () => {
  const name = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main";
  const record = { eventName: "StopLogging", awsRegion: "eu-west-1", requestParameters: { name } };

  it("starts that trail in its home region", async () => {
    const plan = await planned(fixCloudtrailLoggingStopped, record, {
      aws: {
        "cloudtrail:GetTrailStatus": { IsLogging: false },
      },
    });
    expectPlan(plan, [["StartLogging", { Name: name }]], [["StopLogging", { Name: name }]]);
    expect((plan as Plan).calls[0]?.region).to.equal("eu-west-1");
  });

  it("is already-ok when it logs, and changed-since when it is gone", async () => {
    const status = (answer: Answers[string]) => ({ "cloudtrail:GetTrailStatus": answer });
    expectOutcome(
      await planned(fixCloudtrailLoggingStopped, record, { aws: status({ IsLogging: true }) }),
      "already-ok",
    );
    expectOutcome(
      await planned(fixCloudtrailLoggingStopped, record, { aws: status(failing("TrailNotFoundException")) }),
      "changed-since",
    );
  });
});
