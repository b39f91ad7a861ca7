import { account, call, type Cases, otherAccount } from "../support/cases";

const create = (Principal: unknown, more: object = {}) =>
  call("iam:CreateRole", {
    roleName: "r",
    path: "/",
    assumeRolePolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal, Action: ["sts:AssumeRole"], ...more },
    }),
  });

const cluster = "oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C";
const clusters = { Federated: `arn:aws:iam::${account}:oidc-provider/${cluster}` };
const ofCluster = (claims?: object, operator = "StringEquals") =>
  create(clusters, {
    Action: "sts:AssumeRoleWithWebIdentity",
    ...(claims === undefined ? {} : { Condition: { [operator]: claims } }),
  });

export const cases: Cases = {
  hits: [
    {
      name: "every workload of a cluster",
      record: ofCluster({ [`${cluster}:aud`]: "sts.amazonaws.com" }),
      severity: "medium",
      evidence: "requestParameters.assumeRolePolicyDocument.Statement[0]",
      resources: ["r"],
    },
    { name: "a cluster without a condition", record: ofCluster(), severity: "medium" },
    {
      name: "service accounts of any namespace",
      record: ofCluster({ [`${cluster}:sub`]: "system:serviceaccount:*:app" }, "StringLike"),
      severity: "medium",
    },
    {
      name: "all service accounts but one",
      record: ofCluster({ [`${cluster}:sub`]: "system:serviceaccount:a:b" }, "StringNotEquals"),
      severity: "medium",
    },
    {
      name: "another account",
      record: create({ AWS: `arn:aws:iam::${otherAccount}:root` }),
      resources: ["r"],
    },
    { name: "everyone", record: create({ AWS: "*" }), severity: "critical" },
  ],
  quiet: [
    {
      name: "one service account",
      record: ofCluster({ [`${cluster}:sub`]: "system:serviceaccount:shop:api" }),
    },
    {
      name: "service accounts of one namespace",
      record: ofCluster({ [`${cluster}:sub`]: ["system:serviceaccount:shop:*"] }, "StringLike"),
    },
    { name: "the own account, as infrastructure as code writes it", record: create({ AWS: account }) },
    { name: "a service", record: create({ Service: ["ec2.amazonaws.com"] }) },
  ],
};
