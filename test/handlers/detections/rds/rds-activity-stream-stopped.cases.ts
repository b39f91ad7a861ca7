import { account, call, type Cases } from "../support/cases";

const resourceArn = `arn:aws:rds:eu-west-1:${account}:cluster:orders-cluster`;

export const cases: Cases = {
  hits: [
    {
      name: "a cluster's stream",
      record: call(
        "rds:StopActivityStream",
        { resourceArn, applyImmediately: true },
        {
          responseElements: {
            kmsKeyId: "1f2e3d4c-aaaa-bbbb-cccc-0123456789ab",
            kinesisStreamName: "aws-rds-das-cluster-ABCDEFGHIJKLMNOP",
            status: "stopping",
          },
        },
      ),
      evidence: "responseElements.kmsKeyId",
      resources: [resourceArn],
    },
  ],
  quiet: [
    { name: "a stream started", record: call("rds:StartActivityStream", { resourceArn, mode: "async" }) },
  ],
  everyCall: "each call ends the audit of the database",
};
