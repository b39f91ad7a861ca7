import { fixCloudwatchAlarmDisabled } from "../../../../handlers/remediations/cloudwatch/cloudwatch-alarm-disabled";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";

describe("cloudwatch-alarm-disabled", () => {
  const record = {
    eventSource: "monitoring.amazonaws.com",
    eventName: "DisableAlarmActions",
    awsRegion,
    requestParameters: { alarmNames: ["a", "b", "c"] },
  };
  const live = (answer: Answers[string]) => ({ aws: { "cloudwatch:DescribeAlarms": answer } });

  it("lets those act again that are silent still", async () => {
    const input = { AlarmNames: ["a", "c"] };
    expectPlan(
      await planned(
        fixCloudwatchAlarmDisabled,
        record,
        live({
          MetricAlarms: [
            { AlarmName: "a", ActionsEnabled: false },
            { AlarmName: "b", ActionsEnabled: true },
          ],
          CompositeAlarms: [{ AlarmName: "c", ActionsEnabled: false }],
        }),
      ),
      [["EnableAlarmActions", input]],
      [["DisableAlarmActions", input]],
    );
  });

  it("otherwise says why not", async () => {
    expectOutcome(
      await planned(fixCloudwatchAlarmDisabled, record, live({ MetricAlarms: [] })),
      "already-ok",
    );
    expectOutcome(
      await planned(fixCloudwatchAlarmDisabled, { ...record, eventName: "DeleteAlarms" }),
      "needs-baseline",
    );
  });
});
