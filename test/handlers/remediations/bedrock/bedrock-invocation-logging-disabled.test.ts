import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixBedrockInvocationLoggingDisabled } from "../../../../handlers/remediations/bedrock/bedrock-invocation-logging-disabled";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, kept, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";

describe("bedrock-invocation-logging-disabled", () => {
  const record = {
    eventName: "DeleteModelInvocationLoggingConfiguration",
    awsRegion,
    requestParameters: null,
  };
  const loggingConfig = { s3Config: { bucketName: "prompts" }, textDataDeliveryEnabled: true };
  const live = (answer: Answers[string]) => ({ "bedrock:GetModelInvocationLoggingConfiguration": answer });
  const baselines = kept(baselineKinds.invocationLogging, awsRegion, "account", {
    GetModelInvocationLoggingConfiguration: { loggingConfig },
  });

  it("logs as the baseline has it", async () => {
    expectPlan(
      await planned(fixBedrockInvocationLoggingDisabled, record, { aws: live({}), baselines }),
      [["PutModelInvocationLoggingConfiguration", { loggingConfig }]],
      [["DeleteModelInvocationLoggingConfiguration", {}]],
    );
    expectOutcome(
      await planned(fixBedrockInvocationLoggingDisabled, record, { aws: live({}) }),
      "needs-baseline",
    );
    expectOutcome(
      await planned(fixBedrockInvocationLoggingDisabled, record, {
        aws: live({ loggingConfig }),
        baselines,
      }),
      "already-ok",
    );
  });
});
