import { call, type Cases, repeated } from "../support/cases";

const read = call("secretsmanager:GetSecretValue", { secretId: "prod/database" });
const batch = (parameters: unknown) => call("secretsmanager:BatchGetSecretValue", parameters);
const secret = (index: number) => ({ requestParameters: { secretId: `prod/secret-${index}` } });

export const cases: Cases = {
  hits: [
    {
      name: "one secret",
      record: read,
      evidence: "requestParameters.secretId",
      resources: ["prod/database"],
    },
    {
      name: "a batch by name",
      record: batch({ secretIdList: ["prod/a", "prod/b"] }),
      evidence: "requestParameters.secretIdList",
      resources: ["prod/a", "prod/b"],
    },
    {
      name: "a batch of all secrets, which is a finding by itself",
      record: batch({ filters: [{ key: "tag-key", values: ["!no-secret-has-this-tag"] }], maxResults: 20 }),
      evidence: "requestParameters.filters",
    },
  ],
  quiet: [
    { name: "a secret described", record: call("secretsmanager:DescribeSecret", { secretId: "prod/a" }) },
  ],
  everyCall: "each secret that is read counts",
  bursts: [
    { name: "ten secrets", records: repeated(read, 10, 5, secret), findings: 1 },
    { name: "nine secrets", records: repeated(read, 9, 5, secret), findings: 0 },
    { name: "one secret again and again", records: repeated(read, 60, 5), findings: 0 },
    { name: "ten secrets in an hour", records: repeated(read, 10, 360, secret), findings: 0 },
    {
      name: "ten secrets in one batch",
      records: [batch({ secretIdList: Array.from({ length: 10 }, (_, index) => `prod/${index}`) })],
      findings: 1,
    },
  ],
};
