import { call, type Cases } from "../support/cases";

const allUsers = "http://acs.amazonaws.com/groups/global/AllUsers";

function grantTo(grantee: unknown) {
  return call("s3:PutBucketAcl", {
    bucketName: "payroll",
    acl: "",
    AccessControlPolicy: {
      Owner: { ID: "0a1b2c3d" },
      AccessControlList: { Grant: grantee },
    },
  });
}

const grant = (uri: string) => ({
  Grantee: { "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "xsi:type": "Group", URI: uri },
  Permission: "READ",
});

export const cases: Cases = {
  hits: [
    {
      name: "a canned ACL as a list",
      record: call("s3:PutBucketAcl", { bucketName: "payroll", "x-amz-acl": ["public-read"], acl: "" }),
      evidence: "requestParameters.x-amz-acl",
      resources: ["payroll"],
    },
    {
      name: "a canned ACL as text, on an object",
      record: call("s3:PutObjectAcl", {
        bucketName: "payroll",
        key: "2025/march.csv",
        "x-amz-acl": "public-read-write",
      }),
      resources: ["payroll", "payroll/2025/march.csv"],
    },
    {
      name: "a new bucket",
      record: call("s3:CreateBucket", { bucketName: "payroll", "x-amz-acl": "authenticated-read" }),
    },
    {
      name: "one grant",
      record: grantTo(grant(allUsers)),
      evidence: "requestParameters.AccessControlPolicy.AccessControlList.Grant[0].Grantee.URI",
    },
    {
      name: "one grant of several",
      record: grantTo([
        { Grantee: { "xsi:type": "CanonicalUser", ID: "0a1b2c3d" }, Permission: "FULL_CONTROL" },
        grant("http://acs.amazonaws.com/groups/global/AuthenticatedUsers"),
      ]),
      evidence: "requestParameters.AccessControlPolicy.AccessControlList.Grant[1].Grantee.URI",
    },
    {
      name: "a grant header",
      record: call("s3:PutBucketAcl", { bucketName: "payroll", "x-amz-grant-read": [`uri="${allUsers}"`] }),
      evidence: "requestParameters.x-amz-grant-read",
    },
    {
      name: "another account by its canonical user id",
      record: grantTo({
        Grantee: { "xsi:type": "CanonicalUser", ID: "f".repeat(64) },
        Permission: "FULL_CONTROL",
      }),
      evidence: "requestParameters.AccessControlPolicy.AccessControlList.Grant[0].Grantee.ID",
    },
    {
      name: "another account by e-mail",
      record: grantTo([
        { Grantee: { "xsi:type": "CanonicalUser", ID: "0a1b2c3d" }, Permission: "FULL_CONTROL" },
        {
          Grantee: { "xsi:type": "AmazonCustomerByEmail", EmailAddress: "eve@example.com" },
          Permission: "READ",
        },
      ]),
      evidence: "requestParameters.AccessControlPolicy.AccessControlList.Grant[1].Grantee.EmailAddress",
    },
    {
      name: "a canonical user in a header, who may be the owner",
      record: call("s3:PutObjectAcl", {
        bucketName: "payroll",
        key: "a",
        "x-amz-grant-full-control": `id="${"f".repeat(64)}"`,
      }),
      severity: "medium",
    },
    {
      name: "parameters omitted",
      record: call("s3:PutObjectAcl", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "private", record: call("s3:PutBucketAcl", { bucketName: "payroll", "x-amz-acl": ["private"] }) },
    {
      name: "the owner alone",
      record: grantTo({ Grantee: { "xsi:type": "CanonicalUser", ID: "0a1b2c3d" }, Permission: "READ" }),
    },
    {
      name: "a trusted account",
      record: grantTo({ Grantee: { ID: "f".repeat(64) }, Permission: "READ" }),
      context: { trustedAccounts: ["f".repeat(64)] },
    },
    {
      name: "logs of CloudFront",
      record: grantTo({
        Grantee: { ID: "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0" },
        Permission: "FULL_CONTROL",
      }),
    },
    {
      name: "log delivery",
      record: grantTo(grant("http://acs.amazonaws.com/groups/s3/LogDelivery")),
    },
    {
      name: "the bucket's owner",
      record: call("s3:PutObjectAcl", {
        bucketName: "payroll",
        key: "a",
        "x-amz-acl": "bucket-owner-full-control",
      }),
    },
    {
      name: "a new bucket without an ACL",
      record: call("s3:CreateBucket", {
        bucketName: "payroll",
        CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
      }),
    },
  ],
};
