import { account, call, type Cases, otherAccount } from "../support/cases";

const update = (policyDocument: unknown) =>
  call("iam:UpdateAssumeRolePolicy", { roleName: "r", policyDocument });
const trust = (Principal: unknown, more: object = {}) =>
  update(
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...more }],
    }),
  );

const cluster = "oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C";
const clusters = { Federated: `arn:aws:iam::${account}:oidc-provider/${cluster}` };
const ofCluster = (claims?: object, operator = "StringEquals") =>
  trust(clusters, {
    Action: "sts:AssumeRoleWithWebIdentity",
    ...(claims === undefined ? {} : { Condition: { [operator]: claims } }),
  });

export const cases: Cases = {
  hits: [
    {
      name: "every workload of a cluster",
      record: ofCluster({ [`${cluster}:aud`]: "sts.amazonaws.com" }),
      severity: "medium",
      evidence: "requestParameters.policyDocument.Statement[0]",
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
      name: "an ARN of another account",
      record: trust({ AWS: `arn:aws:iam::${otherAccount}:root` }),
      evidence: "requestParameters.policyDocument.Statement[0]",
      resources: ["r"],
    },
    { name: "a bare account id", record: trust({ AWS: otherAccount }) },
    { name: "one of a list", record: trust({ AWS: [account, `arn:aws:iam::${otherAccount}:role/x`] }) },
    {
      name: "with an external id",
      record: trust({ AWS: otherAccount }, { Condition: { StringEquals: { "sts:ExternalId": "x" } } }),
    },
    { name: "everyone", record: trust("*"), severity: "critical" },
    { name: "everyone of AWS", record: trust({ AWS: "*" }, { Action: "sts:*" }), severity: "critical" },
    { name: "everyone in a list", record: trust({ AWS: ["*"] }), severity: "critical" },
    {
      name: "everyone, narrowed to another account",
      record: trust("*", { Condition: { StringEquals: { "aws:PrincipalAccount": otherAccount } } }),
    },
    {
      name: "a condition that does not narrow",
      record: trust("*", { Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-abcdef1234" } } }),
      severity: "critical",
    },
    {
      name: "parameters left out",
      record: call("iam:UpdateAssumeRolePolicy", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
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
    { name: "the own account", record: trust({ AWS: account }) },
    { name: "a role of the own account", record: trust({ AWS: `arn:aws:iam::${account}:role/x` }) },
    { name: "a service", record: trust({ Service: "lambda.amazonaws.com" }) },
    {
      name: "a trusted account",
      record: trust({ AWS: otherAccount }, {}),
      context: { trustedAccounts: [otherAccount] },
    },
    {
      name: "the own organization",
      record: trust("*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdef1234" } } }),
    },
    {
      name: "a provider of the own account",
      record: trust(
        { Federated: `arn:aws:iam::${account}:saml-provider/corp` },
        { Action: "sts:AssumeRoleWithSAML" },
      ),
    },
    { name: "a denial", record: trust({ AWS: otherAccount }, { Effect: "Deny" }) },
    { name: "tagging only", record: trust({ AWS: otherAccount }, { Action: "sts:TagSession" }) },
    { name: "a deleted principal's id", record: trust({ AWS: "AROAEXAMPLEROLE000001" }) },
    { name: "broken JSON", record: update("{") },
    { name: "an empty text", record: update("") },
  ],
};
