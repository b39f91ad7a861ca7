import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixCloudtrailTrailWeakened } from "../../../../handlers/remediations/cloudtrail/cloudtrail-trail-weakened";
import { expectOutcome, expectPlan, failing, kept, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";
const baseline = (document: object) => kept(baselineKinds.trail, awsRegion, "main", document);
const gone = failing("TrailNotFoundException");

describe("cloudtrail-trail-weakened", () => {
  const updated = (own: object) => ({
    eventName: "UpdateTrail",
    awsRegion,
    requestParameters: { name: "main", ...own },
  });
  const live = (own: object) => ({
    "cloudtrail:GetTrail": {
      Trail: {
        Name: "main",
        S3BucketName: "logs",
        IncludeGlobalServiceEvents: true,
        IsMultiRegionTrail: true,
        LogFileValidationEnabled: true,
        ...own,
      },
    },
  });

  it("restores the flags that the event took, and no other", async () => {
    const aws = live({ LogFileValidationEnabled: false, IncludeGlobalServiceEvents: false });
    expectPlan(
      await planned(
        fixCloudtrailTrailWeakened,
        updated({ enableLogFileValidation: false, s3BucketName: "logs" }),
        {
          aws,
        },
      ),
      [["UpdateTrail", { Name: "main", EnableLogFileValidation: true }]],
      [["UpdateTrail", { Name: "main", EnableLogFileValidation: false }]],
    );
  });

  it("sets global events with all regions, without which AWS refuses", async () => {
    const aws = live({ IsMultiRegionTrail: false, IncludeGlobalServiceEvents: false });
    expectPlan(
      await planned(fixCloudtrailTrailWeakened, updated({ isMultiRegionTrail: false }), { aws }),
      [["UpdateTrail", { Name: "main", IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true }]],
      [["UpdateTrail", { Name: "main", IsMultiRegionTrail: false, IncludeGlobalServiceEvents: false }]],
    );
  });

  it("with a baseline, restores bucket and key, and leaves flags that were off before", async () => {
    const record = updated({ s3BucketName: "theirs", kmsKeyId: "", isMultiRegionTrail: false });
    const before = {
      S3BucketName: "logs",
      KmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/k",
      IsMultiRegionTrail: false,
    };
    expectPlan(
      await planned(fixCloudtrailTrailWeakened, record, {
        aws: live({ S3BucketName: "theirs", IsMultiRegionTrail: false }),
        baselines: baseline({ GetTrail: { Trail: before } }),
      }),
      [["UpdateTrail", { Name: "main", S3BucketName: "logs", KmsKeyId: before.KmsKeyId }]],
      [["UpdateTrail", { Name: "main", S3BucketName: "theirs", KmsKeyId: "" }]],
    );
  });

  it("otherwise says why not", async () => {
    const flag = updated({ isMultiRegionTrail: false });
    const moved = updated({ s3BucketName: "theirs" });
    expectOutcome(await planned(fixCloudtrailTrailWeakened, flag, { aws: live({}) }), "already-ok");
    expectOutcome(
      await planned(fixCloudtrailTrailWeakened, flag, { aws: { "cloudtrail:GetTrail": gone } }),
      "changed-since",
    );
    expectOutcome(
      await planned(fixCloudtrailTrailWeakened, moved, { aws: live({ S3BucketName: "theirs" }) }),
      "needs-baseline",
    );
    const baselines = baseline({ GetTrail: { Trail: { S3BucketName: "logs" } } });
    expectOutcome(
      await planned(fixCloudtrailTrailWeakened, moved, { aws: live({ S3BucketName: "third" }), baselines }),
      "changed-since",
    );
  });
});
