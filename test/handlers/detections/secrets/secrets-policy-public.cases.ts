import { account, call, type Cases, otherAccount } from "../support/cases";

function put(principal: unknown, asText = true) {
  const policy = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: principal, Action: "secretsmanager:GetSecretValue", Resource: "*" },
    ],
  };
  return call("secretsmanager:PutResourcePolicy", {
    secretId: "prod/database",
    resourcePolicy: asText ? JSON.stringify(policy) : policy,
  });
}

export const cases: Cases = {
  hits: [
    {
      name: "everyone, as text",
      record: put("*"),
      evidence: "requestParameters.resourcePolicy.Statement[0]",
      resources: ["prod/database"],
    },
    {
      name: "another account, as an object",
      record: put({ AWS: `arn:aws:iam::${otherAccount}:root` }, false),
    },
    {
      name: "parameters omitted",
      record: call("secretsmanager:PutResourcePolicy", {
        omitted: true,
        reason: "requestParameters too large",
      }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "the own account", record: put({ AWS: `arn:aws:iam::${account}:role/app` }) },
    {
      name: "a trusted account",
      record: put({ AWS: otherAccount }),
      context: { trustedAccounts: [otherAccount] },
    },
  ],
};
