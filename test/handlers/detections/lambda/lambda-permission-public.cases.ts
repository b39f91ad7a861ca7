import { account, call, type Cases, otherAccount } from "../support/cases";

function add(parameters: Record<string, unknown>, event = "lambda:AddPermission20150331v2") {
  return call(event, {
    functionName: "billing",
    statementId: "open",
    action: "lambda:InvokeFunction",
    ...parameters,
  });
}

export const cases: Cases = {
  hits: [
    {
      name: "everyone, with the date in the event's name",
      record: add({ principal: "*" }),
      evidence: "requestParameters.statementId",
      resources: ["billing"],
    },
    { name: "everyone, without a date", record: add({ principal: "*" }, "lambda:AddPermission") },
    { name: "another account", record: add({ principal: otherAccount }) },
    {
      name: "another account's role",
      record: add({ principal: `arn:aws:iam::${otherAccount}:role/caller` }),
    },
    { name: "everyone of another account", record: add({ principal: "*", sourceAccount: otherAccount }) },
    {
      name: "everyone, by a function URL",
      record: add({ principal: "*", action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE" }),
      evidence: "requestParameters.functionUrlAuthType",
    },
    {
      name: "parameters omitted",
      record: call("lambda:AddPermission", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    {
      name: "a service",
      record: add({ principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::payroll" }),
    },
    { name: "the own account", record: add({ principal: account }) },
    {
      name: "a trusted account",
      record: add({ principal: otherAccount }),
      context: { trustedAccounts: [otherAccount] },
    },
    { name: "the own organization", record: add({ principal: "*", principalOrgID: "o-a1b2c3d4e5" }) },
    { name: "everyone of the own account", record: add({ principal: "*", sourceAccount: account }) },
    {
      name: "everyone, through one own resource",
      record: add({ principal: "*", sourceArn: `arn:aws:sns:eu-west-1:${account}:orders` }),
    },
  ],
};
