import { expect } from "chai";
import { readBaseline } from "../../../../handlers/baselines/baseline";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { awsError, fakeAws } from "../../../support/factories";
import { describeKind } from "./describe-kind";

const Trail = {
  Name: "main",
  S3BucketName: "logs",
  TrailARN: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main",
};
const tag = { Key: "team", Value: "red" };
const insight = { InsightType: "ApiCallRateInsight" };

describeKind("trail", {
  read: {
    id: "main",
    answers: {
      "cloudtrail:GetTrail": { Trail, $metadata: { attempts: 1 } },
      "cloudtrail:GetTrailStatus": { IsLogging: true, LatestDeliveryTime: new Date(0) },
      "cloudtrail:GetEventSelectors": { TrailARN: "arn", EventSelectors: [{ ReadWriteType: "All" }] },
      "cloudtrail:ListTags": ({ ResourceIdList }) => ({
        ResourceTagList: [{ ResourceId: (ResourceIdList as string[])[0], TagsList: [tag] }],
      }),
      "cloudtrail:GetInsightSelectors": { TrailARN: "arn", InsightSelectors: [insight] },
    },
    state: {
      GetTrail: { Trail },
      GetTrailStatus: { IsLogging: true },
      GetEventSelectors: { EventSelectors: [{ ReadWriteType: "All" }] },
      ListTags: { ResourceTagList: [{ ResourceId: Trail.TrailARN, TagsList: [tag] }] },
      GetInsightSelectors: { InsightSelectors: [insight] },
    },
  },
  list: {
    answers: { "cloudtrail:DescribeTrails": { trailList: [{ Name: "main" }] } },
    found: [{ id: "main" }],
  },
  setBy: [
    ["cloudtrail:CreateTrail", { requestParameters: { name: "main" } }, ["main"]],
    [
      "cloudtrail:UpdateTrail",
      { requestParameters: { name: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main" } },
      ["main"],
    ],
    ["cloudtrail:PutEventSelectors", { requestParameters: { trailName: "main" } }, ["main"]],
    ["cloudtrail:PutInsightSelectors", { requestParameters: { trailName: "main" } }, ["main"]],
    ["cloudtrail:StartLogging", { requestParameters: { name: Trail.TrailARN } }, ["main"]],
    ["cloudtrail:AddTags", { requestParameters: { resourceId: Trail.TrailARN } }, ["main"]],
  ],
});

describe("the baseline of a trail without Insights", () => {
  it("has all the rest", async () => {
    const { aws } = fakeAws({
      "cloudtrail:GetTrail": { Trail },
      "cloudtrail:GetTrailStatus": { IsLogging: false },
      "cloudtrail:GetEventSelectors": { EventSelectors: [] },
      "cloudtrail:ListTags": { ResourceTagList: [] },
      "cloudtrail:GetInsightSelectors": () => {
        throw awsError("InsightNotEnabledException");
      },
    });
    expect(await readBaseline(aws, baselineKinds.trail, "eu-west-1", "main")).to.deep.equal({
      GetTrail: { Trail },
      GetTrailStatus: { IsLogging: false },
      GetEventSelectors: { EventSelectors: [] },
      ListTags: { ResourceTagList: [] },
    });
  });
});
