import { account, call, type Cases, otherAccount } from "../support/cases";

function put(principal: unknown, fields: Record<string, unknown> = {}) {
  return call("s3:PutBucketPolicy", {
    bucketName: "payroll",
    bucketPolicy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: principal,
          Action: ["s3:GetObject", "s3:ListBucket"],
          Resource: ["arn:aws:s3:::payroll", "arn:aws:s3:::payroll/*"],
          ...fields,
        },
      ],
    },
  });
}

export const cases: Cases = {
  hits: [
    {
      name: "an account's root",
      record: put({ AWS: `arn:aws:iam::${otherAccount}:root` }),
      evidence: "requestParameters.bucketPolicy.Statement[0]",
      resources: ["payroll"],
    },
    { name: "a bare account id among others", record: put({ AWS: [account, otherAccount] }) },
    {
      name: "everyone, as long as they are of that account",
      record: put("*", { Condition: { StringEquals: { "aws:PrincipalAccount": otherAccount } } }),
    },
    {
      name: "a load balancer's account that may read",
      record: put({ AWS: "arn:aws:iam::127311923021:root" }),
    },
    {
      name: "parameters omitted",
      record: call("s3:PutBucketPolicy", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "the own account, bare", record: put({ AWS: account }) },
    {
      name: "a trusted account",
      record: put({ AWS: `arn:aws:iam::${otherAccount}:root` }),
      context: { trustedAccounts: [otherAccount] },
    },
    { name: "everyone, which is another detection's", record: put("*") },
    {
      name: "a load balancer that writes its log",
      record: put({ AWS: "arn:aws:iam::127311923021:root" }, { Action: "s3:PutObject" }),
    },
    {
      name: "an origin access identity",
      record: put({ AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1A2B3C4D5E6F7" }),
    },
    { name: "a deny", record: put({ AWS: otherAccount }, { Effect: "Deny" }) },
  ],
};
