import { call, type Cases, repeated } from "../support/cases";

function write(event: string, algorithm?: string) {
  return call(event, {
    bucketName: "payroll",
    key: "2025/march.csv",
    ...(algorithm === undefined ? {} : { "x-amz-server-side-encryption-customer-algorithm": algorithm }),
  });
}

export const cases: Cases = {
  hits: [
    {
      name: "copied onto itself",
      record: write("s3:CopyObject", "AES256"),
      evidence: "requestParameters.x-amz-server-side-encryption-customer-algorithm",
      resources: ["payroll"],
    },
    { name: "a new object", record: write("s3:PutObject", "AES256") },
  ],
  quiet: [
    { name: "copied with S3's own key", record: write("s3:CopyObject") },
    { name: "a new object with S3's own key", record: write("s3:PutObject") },
  ],
  bursts: [
    { name: "ten in a minute", records: repeated(write("s3:CopyObject", "AES256"), 10, 6), findings: 1 },
    { name: "nine", records: repeated(write("s3:CopyObject", "AES256"), 9, 1), findings: 0 },
    {
      name: "five, where five are enough",
      records: repeated(write("s3:PutObject", "AES256"), 5, 1),
      findings: 1,
      context: { thresholds: { "s3-sse-c-encryption": 5 } },
    },
  ],
};
