import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixS3AccessLoggingDisabled } from "../../../../handlers/remediations/s3/s3-access-logging-disabled";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, kept, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";

describe("s3-access-logging-disabled", () => {
  const record = {
    eventName: "PutBucketLogging",
    awsRegion,
    requestParameters: { bucketName: "data", BucketLoggingStatus: {} },
  };
  const LoggingEnabled = { TargetBucket: "access", TargetPrefix: "data/" };
  const live = (answer: Answers[string]) => ({ "s3:GetBucketLogging": answer });
  const baselines = kept(baselineKinds.bucketLogging, awsRegion, "data", {
    GetBucketLogging: { LoggingEnabled },
  });

  it("logs to where the baseline says", async () => {
    expectPlan(
      await planned(fixS3AccessLoggingDisabled, record, { aws: live({}), baselines }),
      [["PutBucketLogging", { Bucket: "data", BucketLoggingStatus: { LoggingEnabled } }]],
      [["PutBucketLogging", { Bucket: "data", BucketLoggingStatus: {} }]],
    );
  });

  it("otherwise says why not", async () => {
    const plan = (given: Parameters<typeof planned>[2]) => planned(fixS3AccessLoggingDisabled, record, given);
    expectOutcome(await plan({ aws: live({}) }), "needs-baseline");
    expectOutcome(await plan({ aws: live({ LoggingEnabled }), baselines }), "already-ok");
    const elsewhere = live({ LoggingEnabled: { ...LoggingEnabled, TargetBucket: "theirs" } });
    expectOutcome(await plan({ aws: elsewhere, baselines }), "changed-since");
    expectOutcome(await plan({ aws: live(failing("NoSuchBucket")), baselines }), "already-ok");
  });
});
