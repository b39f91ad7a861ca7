import { fixConfigRecorderStopped } from "../../../../handlers/remediations/config/config-recorder-stopped";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";

describe("config-recorder-stopped", () => {
  const record = {
    eventName: "StopConfigurationRecorder",
    awsRegion,
    requestParameters: { configurationRecorderName: "default" },
  };
  const status = (answer: Answers[string]) => ({
    aws: { "configservice:DescribeConfigurationRecorderStatus": answer },
  });
  const recording = (on: boolean) =>
    status({ ConfigurationRecordersStatus: [{ name: "default", recording: on }] });

  it("starts it", async () => {
    const input = { ConfigurationRecorderName: "default" };
    expectPlan(
      await planned(fixConfigRecorderStopped, record, recording(false)),
      [["StartConfigurationRecorder", input]],
      [["StopConfigurationRecorder", input]],
    );
  });

  it("is already-ok when it records, and changed-since when it is gone", async () => {
    expectOutcome(await planned(fixConfigRecorderStopped, record, recording(true)), "already-ok");
    const gone = status(failing("NoSuchConfigurationRecorderException"));
    expectOutcome(await planned(fixConfigRecorderStopped, record, gone), "changed-since");
  });
});
