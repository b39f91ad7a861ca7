import { call, type Cases } from "../support/cases";

const document = (statement: unknown) => JSON.stringify({ Version: "2012-10-17", Statement: statement });
const put = (policyDocument: unknown) =>
  call("iam:PutUserPolicy", { userName: "bob", policyName: "p", policyDocument });
const allow = (Action: unknown, Resource: unknown = "*") => ({ Effect: "Allow", Action, Resource });
const everything = document([allow("*")]);

export const cases: Cases = {
  hits: [
    {
      name: "a user, all actions",
      record: put(everything),
      evidence: "requestParameters.policyDocument.Statement[0]",
      resources: ["bob"],
    },
    {
      name: "a role",
      record: call("iam:PutRolePolicy", { roleName: "r", policyName: "p", policyDocument: everything }),
      resources: ["r"],
    },
    {
      name: "a group",
      record: call("iam:PutGroupPolicy", { groupName: "g", policyName: "p", policyDocument: everything }),
      resources: ["g"],
    },
    { name: "one statement, no list", record: put(document(allow("*"))) },
    { name: "all of IAM, in a list, in capitals", record: put(document([allow(["s3:GetObject", "IAM:*"])])) },
    { name: "all of all services", record: put(document([allow("*:*", ["*"])])) },
    {
      name: "all but some",
      record: put(document([{ Effect: "Allow", NotAction: "organizations:*", Resource: "*" }])),
    },
    { name: "URL-encoded", record: put(encodeURIComponent(everything)) },
    { name: "an object", record: put(JSON.parse(everything)) },
    {
      name: "parameters left out",
      record: call("iam:PutUserPolicy", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "a user, some actions", record: put(document([allow(["s3:GetObject", "iam:GetUser"])])) },
    {
      name: "a role, all of one service",
      record: call("iam:PutRolePolicy", {
        roleName: "r",
        policyName: "p",
        policyDocument: document([allow("s3:*")]),
      }),
    },
    {
      name: "a group, one resource",
      record: call("iam:PutGroupPolicy", {
        groupName: "g",
        policyName: "p",
        policyDocument: document([allow("*", "arn:aws:s3:::one/*")]),
      }),
    },
    { name: "a quarantine", record: put(document([{ Effect: "Deny", Action: "*", Resource: "*" }])) },
    {
      name: "all but IAM",
      record: put(document([{ Effect: "Allow", NotAction: ["iam:*", "organizations:*"], Resource: "*" }])),
    },
    { name: "broken JSON", record: put('{"Statement": [{"Effect": "Allow"') },
    { name: "an empty text", record: put("") },
  ],
};
