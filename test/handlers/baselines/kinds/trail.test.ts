import { describeKind } from "./describe-kind";

describeKind("trail", {
  read: {
    id: "main",
    answers: {
      "cloudtrail:GetTrail": { Trail: { Name: "main", S3BucketName: "logs" }, $metadata: { attempts: 1 } },
      "cloudtrail:GetEventSelectors": { TrailARN: "arn", EventSelectors: [{ ReadWriteType: "All" }] },
    },
    state: {
      GetTrail: { Trail: { Name: "main", S3BucketName: "logs" } },
      GetEventSelectors: { EventSelectors: [{ ReadWriteType: "All" }] },
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
  ],
});
