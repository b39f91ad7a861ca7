import { describeKind } from "./describe-kind";

const arn = "arn:aws:rds:eu-west-1:111122223333:db:orders";
const answers = {
  "rds:DescribeDBInstances": {
    DBInstances: [{ DBInstanceArn: arn, BackupRetentionPeriod: 7, LatestRestorableTime: new Date(0) }],
  },
};

describeKind("databaseInstance", {
  read: {
    id: arn,
    answers,
    state: { DescribeDBInstances: { DBInstances: [{ DBInstanceArn: arn, BackupRetentionPeriod: 7 }] } },
  },
  list: { answers, found: [{ id: arn }] },
  setBy: [
    ["rds:CreateDBInstance", { responseElements: { dBInstanceArn: arn } }, [arn]],
    ["rds:ModifyDBInstance", { responseElements: { dBInstanceArn: arn } }, [arn]],
  ],
});
