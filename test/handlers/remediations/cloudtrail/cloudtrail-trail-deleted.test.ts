import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixCloudtrailTrailDeleted } from "../../../../handlers/remediations/cloudtrail/cloudtrail-trail-deleted";
import { expectOutcome, expectPlan, failing, kept, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";
const arn = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main";
const baseline = (document: object) => kept(baselineKinds.trail, awsRegion, "main", document);
const gone = failing("TrailNotFoundException");

describe("cloudtrail-trail-deleted", () => {
  const record = { eventName: "DeleteTrail", awsRegion, requestParameters: { name: arn } };
  const Trail = {
    Name: "main",
    S3BucketName: "logs",
    S3KeyPrefix: "trail",
    SnsTopicName: "topic",
    SnsTopicARN: "arn:aws:sns:eu-west-1:111122223333:topic",
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: true,
    HomeRegion: awsRegion,
    TrailARN: arn,
    LogFileValidationEnabled: true,
    HasCustomEventSelectors: true,
    IsOrganizationTrail: false,
  };
  const selectors = [{ ReadWriteType: "All", IncludeManagementEvents: true, DataResources: [] }];

  it("makes the trail of the baseline again, with its selectors, and starts it", async () => {
    const baselines = baseline({ GetTrail: { Trail }, GetEventSelectors: { EventSelectors: selectors } });
    expectPlan(
      await planned(fixCloudtrailTrailDeleted, record, { aws: { "cloudtrail:GetTrail": gone }, baselines }),
      [
        [
          "CreateTrail",
          {
            Name: "main",
            S3BucketName: "logs",
            S3KeyPrefix: "trail",
            SnsTopicName: "arn:aws:sns:eu-west-1:111122223333:topic",
            IncludeGlobalServiceEvents: true,
            IsMultiRegionTrail: true,
            EnableLogFileValidation: true,
          },
        ],
        ["PutEventSelectors", { TrailName: "main", EventSelectors: selectors }],
        ["StartLogging", { Name: "main" }],
      ],
      [["DeleteTrail", { Name: "main" }]],
    );
  });

  it("is already-ok when there is one, and refuses an organization's", async () => {
    expectOutcome(
      await planned(fixCloudtrailTrailDeleted, record, { aws: { "cloudtrail:GetTrail": { Trail } } }),
      "already-ok",
    );
    const baselines = baseline({ GetTrail: { Trail: { ...Trail, IsOrganizationTrail: true } } });
    expectOutcome(
      await planned(fixCloudtrailTrailDeleted, record, { aws: { "cloudtrail:GetTrail": gone }, baselines }),
      "refused",
    );
  });

  it("needs a baseline", async () => {
    expectOutcome(
      await planned(fixCloudtrailTrailDeleted, record, { aws: { "cloudtrail:GetTrail": gone } }),
      "needs-baseline",
    );
  });
});
