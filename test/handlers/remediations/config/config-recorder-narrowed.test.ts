import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixConfigRecorderNarrowed } from "../../../../handlers/remediations/config/config-recorder-narrowed";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, kept, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";

describe("config-recorder-narrowed", () => {
  const roleARN = "arn:aws:iam::111122223333:role/config";
  const all = { allSupported: true, includeGlobalResourceTypes: true };
  const some = { allSupported: false, resourceTypes: ["AWS::S3::Bucket"] };
  const record = {
    eventName: "PutConfigurationRecorder",
    awsRegion,
    requestParameters: { configurationRecorder: { name: "default", roleARN, recordingGroup: some } },
  };
  const recorder = (recordingGroup: unknown) => ({ name: "default", roleARN, recordingGroup });
  const answering = (answer: Answers[string], before?: unknown) => ({
    aws: { "configservice:DescribeConfigurationRecorders": answer },
    ...(before === undefined
      ? {}
      : {
          baselines: kept(baselineKinds.configRecorder, awsRegion, "default", {
            DescribeConfigurationRecorders: { ConfigurationRecorders: [recorder(before)] },
          }),
        }),
  });
  const live = (recordingGroup: unknown) => ({ ConfigurationRecorders: [recorder(recordingGroup)] });

  it("has it record what it recorded before", async () => {
    expectPlan(
      await planned(fixConfigRecorderNarrowed, record, answering(live(some), all)),
      [["PutConfigurationRecorder", { ConfigurationRecorder: recorder(all) }]],
      [["PutConfigurationRecorder", { ConfigurationRecorder: recorder(some) }]],
    );
  });

  it("otherwise says what it finds", async () => {
    const plan = (given: ReturnType<typeof answering>) => planned(fixConfigRecorderNarrowed, record, given);
    expectOutcome(await plan(answering(live(all), all)), "already-ok");
    expectOutcome(await plan(answering(live(some))), "needs-baseline");
    const gone = failing("NoSuchConfigurationRecorderException");
    expectOutcome(await plan(answering(gone, all)), "changed-since");
  });
});
