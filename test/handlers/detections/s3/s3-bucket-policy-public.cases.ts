import { account, call, type Cases, otherAccount } from "../support/cases";

function put(statements: unknown, asText = false) {
  const policy = { Version: "2012-10-17", Statement: statements };
  return call("s3:PutBucketPolicy", {
    bucketName: "payroll",
    policy: "",
    bucketPolicy: asText ? JSON.stringify(policy) : policy,
    Host: "payroll.s3.eu-west-1.amazonaws.com",
  });
}

const read = { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::payroll/*" };
const to = (principal: unknown, condition?: unknown) => ({
  ...read,
  Principal: principal,
  ...(condition === undefined ? {} : { Condition: condition }),
});

export const cases: Cases = {
  hits: [
    {
      name: "everyone, as an object",
      record: put([to("*")]),
      evidence: "requestParameters.bucketPolicy.Statement[0]",
      resources: ["payroll"],
    },
    { name: "everyone, as text", record: put([to({ AWS: "*" })], true), resources: ["payroll"] },
    { name: "everyone among others, one statement without a list", record: put(to({ AWS: [account, "*"] })) },
    {
      name: "only from half of the internet",
      record: put([to("*", { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } })]),
    },
    {
      name: "a condition that everyone can fulfil",
      record: put([to("*", { Bool: { "aws:SecureTransport": "true" } })]),
    },
    {
      name: "everyone but one",
      record: put([{ ...read, NotPrincipal: { AWS: `arn:aws:iam::${account}:user/mallory` } }]),
    },
    {
      name: "padded until CloudTrail left it out",
      record: call("s3:PutBucketPolicy", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "the own account", record: put([to({ AWS: account })]) },
    { name: "another account by name", record: put([to({ AWS: `arn:aws:iam::${otherAccount}:root` })]) },
    { name: "everyone is denied", record: put([{ ...to("*"), Effect: "Deny" }]) },
    {
      name: "the own organization",
      record: put([to("*", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } })]),
    },
    { name: "one endpoint", record: put([to("*", { StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } })]) },
    { name: "one office", record: put([to("*", { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } })]) },
    { name: "a service", record: put([to({ Service: "cloudtrail.amazonaws.com" })]) },
    {
      name: "CloudFront",
      record: put([
        to({ CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" }),
      ]),
    },
    { name: "no policy", record: call("s3:PutBucketPolicy", { bucketName: "payroll", bucketPolicy: "" }) },
    {
      name: "a broken policy",
      record: call("s3:PutBucketPolicy", { bucketName: "payroll", bucketPolicy: '{"Statement": [' }),
    },
    { name: "no parameters", record: call("s3:PutBucketPolicy", null) },
  ],
};
