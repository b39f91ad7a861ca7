import { type Cases, byAutomation, byService, call, otherAccount } from "../support/cases";

const table = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";
const hits = [
  {
    name: "to a bucket",
    record: call("dynamodb:ExportTableToPointInTime", { tableArn: table, s3Bucket: "exports" }),
    evidence: "requestParameters.s3Bucket",
    resources: [table, "exports"],
  },
  {
    name: "to another account's bucket",
    record: call("dynamodb:ExportTableToPointInTime", {
      tableArn: table,
      s3Bucket: "exports",
      s3BucketOwner: otherAccount,
    }),
    severity: "high" as const,
    evidence: "requestParameters.s3BucketOwner",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
