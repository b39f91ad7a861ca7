import { describeKind } from "./describe-kind";

const arn = "arn:aws:rds:eu-west-1:111122223333:cluster:orders";
const answers = {
  "rds:DescribeDBClusters": {
    DBClusters: [{ DBClusterArn: arn, ActivityStreamMode: "async", ActivityStreamStatus: "started" }],
  },
};

describeKind("databaseCluster", {
  read: {
    id: arn,
    answers,
    state: { DescribeDBClusters: { DBClusters: [{ DBClusterArn: arn, ActivityStreamMode: "async" }] } },
  },
  list: { answers, found: [{ id: arn }] },
  setBy: [
    ["rds:CreateDBCluster", { responseElements: { dBClusterArn: arn } }, [arn]],
    ["rds:ModifyDBCluster", { responseElements: { dBClusterArn: arn } }, [arn]],
    ["rds:StartActivityStream", { requestParameters: { resourceArn: arn } }, [arn]],
    [
      "rds:StartActivityStream",
      { requestParameters: { resourceArn: "arn:aws:rds:eu-west-1:111122223333:db:oracle" } },
      [],
    ],
  ],
});
