import { account, call, type Cases, otherAccount } from "../support/cases";

function put(rule: unknown) {
  return call("s3:PutBucketReplication", {
    bucketName: "payroll",
    replication: "",
    ReplicationConfiguration: { Role: `arn:aws:iam::${account}:role/replication`, Rule: rule },
  });
}

const rule = (id: string, destination: unknown) => ({ ID: id, Status: "Enabled", Destination: destination });

export const cases: Cases = {
  hits: [
    {
      name: "one rule",
      record: put(rule("out", { Bucket: "arn:aws:s3:::copies", Account: otherAccount })),
      evidence: "requestParameters.ReplicationConfiguration.Rule[0]",
      resources: ["payroll", "arn:aws:s3:::copies"],
    },
    {
      name: "one rule of several",
      record: put([
        rule("in", { Bucket: "arn:aws:s3:::backup", Account: account }),
        rule("out", { Bucket: "arn:aws:s3:::copies", Account: otherAccount }),
      ]),
      evidence: "requestParameters.ReplicationConfiguration.Rule[1]",
    },
    {
      name: "parameters omitted",
      record: call("s3:PutBucketReplication", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "no account given", record: put(rule("in", { Bucket: "arn:aws:s3:::backup" })) },
    { name: "the own account", record: put(rule("in", { Bucket: "arn:aws:s3:::backup", Account: account })) },
    {
      name: "a trusted account",
      record: put(rule("out", { Bucket: "arn:aws:s3:::copies", Account: otherAccount })),
      context: { trustedAccounts: [otherAccount] },
    },
  ],
};
