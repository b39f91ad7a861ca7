import { account, call, type Cases, otherAccount } from "../support/cases";

const create = (Principal: unknown) =>
  call("iam:CreateRole", {
    roleName: "r",
    path: "/",
    assumeRolePolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal, Action: ["sts:AssumeRole"] },
    }),
  });

export const cases: Cases = {
  hits: [
    {
      name: "another account",
      record: create({ AWS: `arn:aws:iam::${otherAccount}:root` }),
      resources: ["r"],
    },
    { name: "everyone", record: create({ AWS: "*" }), severity: "critical" },
  ],
  quiet: [
    { name: "the own account, as infrastructure as code writes it", record: create({ AWS: account }) },
    { name: "a service", record: create({ Service: ["ec2.amazonaws.com"] }) },
  ],
};
