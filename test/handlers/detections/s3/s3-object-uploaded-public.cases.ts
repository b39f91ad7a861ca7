import { call, type Cases, repeated, user } from "../support/cases";

const put = (fields: object, name = "PutObject") =>
  call(`s3:${name}`, { bucketName: "payroll", key: "2025/march.csv", ...fields });
const open = put({ "x-amz-acl": "public-read" });

export const cases: Cases = {
  hits: [
    { name: "a canned ACL", record: open, resources: ["payroll", "payroll/2025/march.csv"] },
    { name: "a copy", record: put({ "x-amz-acl": ["authenticated-read"] }, "CopyObject") },
    {
      name: "an upload in parts",
      record: put({ "x-amz-acl": "public-read-write" }, "CreateMultipartUpload"),
    },
    {
      name: "a header that grants everybody",
      record: put({ "x-amz-grant-read": 'uri="http://acs.amazonaws.com/groups/global/AllUsers"' }),
      evidence: "requestParameters.x-amz-grant-read",
    },
    { name: "a header that grants somebody", record: put({ "x-amz-grant-full-control": "id=0a1b2c3d" }) },
  ],
  quiet: [
    { name: "no ACL", record: put({}) },
    { name: "private", record: put({ "x-amz-acl": "private" }) },
    { name: "the bucket's owner", record: put({ "x-amz-acl": "bucket-owner-full-control" }, "CopyObject") },
    { name: "an upload in parts without an ACL", record: put({}, "CreateMultipartUpload") },
    {
      name: "a header that grants a trusted account",
      record: put({ "x-amz-grant-read": `id="${"f".repeat(64)}"` }),
      context: { trustedAccounts: ["f".repeat(64)] },
    },
  ],
  bursts: [
    { name: "a folder, once", records: repeated(open, 50, 1), findings: 1 },
    {
      name: "two principals",
      records: [
        open,
        { ...open, userIdentity: user("bob"), eventID: "0b9f7a52-6c1d-4c7e-8b4e-2f6d1c3a9e02" },
      ],
      findings: 2,
    },
    {
      name: "none with a private ACL",
      records: repeated(put({ "x-amz-acl": "private" }), 50, 1),
      findings: 0,
    },
  ],
};
