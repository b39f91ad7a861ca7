import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "deleted",
    record: call("s3:DeleteBucketReplication", { bucketName: "payroll", replication: "" }),
    evidence: "requestParameters.bucketName",
    resources: ["payroll"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
