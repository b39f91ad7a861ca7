import { account, call, type Cases, otherAccount } from "../support/cases";

const header = "x-amz-server-side-encryption-aws-kms-key-id";
const key = (owner: string) => `arn:aws:kms:eu-west-1:${owner}:key/1f2e3d4c-aaaa-bbbb-cccc-0123456789ab`;

function write(event: string, keyId: unknown) {
  return call(event, {
    bucketName: "payroll",
    key: "2025/march.csv",
    "x-amz-server-side-encryption": "aws:kms",
    [header]: keyId,
  });
}

export const cases: Cases = {
  hits: [
    {
      name: "copied onto itself",
      record: write("s3:CopyObject", key(otherAccount)),
      evidence: `requestParameters.${header}`,
      resources: ["payroll", key(otherAccount)],
    },
    { name: "a new object, the header as a list", record: write("s3:PutObject", [key(otherAccount)]) },
  ],
  quiet: [
    { name: "an own key", record: write("s3:PutObject", key(account)) },
    { name: "an own key by its id", record: write("s3:CopyObject", "1f2e3d4c-aaaa-bbbb-cccc-0123456789ab") },
    {
      name: "a trusted account's key",
      record: write("s3:CopyObject", key(otherAccount)),
      context: { trustedAccounts: [otherAccount] },
    },
  ],
};
