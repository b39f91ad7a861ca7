import { account, call, type Cases, root, service } from "../support/cases";

const byRoot = (event: string, more: object = {}) => call(event, null, { userIdentity: root(), ...more });
const sparse = byRoot("iam:CreateUser");
delete sparse.readOnly;
const sparseRead = byRoot("ec2:DescribeInstances");
delete sparseRead.readOnly;
const assumed = root();
assumed.sessionContext = { ...assumed.sessionContext, assumedRoot: "true" };

export const cases: Cases = {
  hits: [
    { name: "a write call", record: byRoot("ec2:RunInstances"), resources: [account], evidence: "eventName" },
    {
      name: "a root session of the organization",
      record: byRoot("s3:DeleteBucketPolicy", { userIdentity: assumed }),
      severity: "medium",
    },
    { name: "a record that does not say whether it reads", record: sparse },
  ],
  quiet: [
    { name: "a reading call", record: byRoot("ec2:DescribeInstances", { readOnly: true }) },
    { name: "a reading call that does not say so", record: sparseRead },
    {
      name: "a service on root's behalf",
      record: byRoot("kms:CreateGrant", { userIdentity: { ...root(), invokedBy: "rds.amazonaws.com" } }),
    },
    { name: "an event of a service", record: byRoot("iam:RotateKey", { eventType: "AwsServiceEvent" }) },
    { name: "a service-linked role", record: byRoot("iam:CreateServiceLinkedRole") },
    {
      name: "a login, which is told otherwise",
      record: byRoot("signin:ConsoleLogin", { responseElements: { ConsoleLogin: "Success" } }),
    },
    { name: "a user", record: call("ec2:RunInstances", null) },
    {
      name: "a service",
      record: call("ec2:RunInstances", null, { userIdentity: service("autoscaling.amazonaws.com") }),
    },
  ],
};
