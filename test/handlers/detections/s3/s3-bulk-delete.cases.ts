import { call, type Cases, repeated } from "../support/cases";

const one = call("s3:DeleteObject", { bucketName: "payroll", key: "2025/march.csv" });
const many = (bytes: number) =>
  call(
    "s3:DeleteObjects",
    { bucketName: "payroll", delete: "" },
    { additionalEventData: { bytesTransferredIn: bytes, bytesTransferredOut: 120 } },
  );

export const cases: Cases = {
  hits: [
    { name: "one object", record: one, evidence: "requestParameters.key", resources: ["payroll"] },
    {
      name: "one version",
      record: call("s3:DeleteObjectVersion", {
        bucketName: "payroll",
        key: "a",
        versionId: "3HL4kqtJlcpXroDTDmJ",
      }),
    },
    { name: "a batch", record: many(500), evidence: "additionalEventData.bytesTransferredIn" },
  ],
  quiet: [{ name: "an object written", record: call("s3:PutObject", { bucketName: "payroll", key: "a" }) }],
  everyCall: "each deletion counts",
  bursts: [
    { name: "fifty objects", records: repeated(one, 50, 1), findings: 1 },
    { name: "forty-nine objects", records: repeated(one, 49, 1), findings: 0 },
    { name: "one long batch", records: [many(80_000)], findings: 1 },
    { name: "one short batch", records: [many(1_000)], findings: 0 },
    { name: "a batch whose length is not known", records: [many(Number.NaN)], findings: 0 },
  ],
};
