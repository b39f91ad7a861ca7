import { call, type Cases } from "../support/cases";

const attach = (policyArn: string) => call("iam:AttachUserPolicy", { userName: "bob", policyArn });

const document = (Action: unknown) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const own = "arn:aws:iam::111122223333:policy/app-helper";
const copy = "arn:aws:iam::111122223333:policy/ops/AdministratorAccess";

export const cases: Cases = {
  hits: [
    {
      name: "AdministratorAccess",
      record: attach("arn:aws:iam::aws:policy/AdministratorAccess"),
      evidence: "requestParameters.policyArn",
      resources: ["bob", "arn:aws:iam::aws:policy/AdministratorAccess"],
    },
    { name: "another partition", record: attach("arn:aws-us-gov:iam::aws:policy/AdministratorAccess") },
    { name: "all of IAM", record: attach("arn:aws:iam::aws:policy/IAMFullAccess") },
    {
      name: "a copy with a path",
      record: attach(copy),
      answers: [document("*")],
    },
    {
      name: "a policy of the configuration",
      record: attach("arn:aws:iam::111122223333:policy/god-mode"),
      context: { privilegedPolicies: ["arn:aws:iam::*:policy/god-*"] },
    },
    {
      name: "a customer's policy whose document is an administrator's",
      record: attach(own),
      answers: [document("*")],
      severity: "critical",
      evidence: `document of ${own}.Statement[0]`,
      resources: ["bob", own],
    },
    { name: "one of all of IAM", record: attach(own), answers: [document("iam:*")] },
    { name: "one URL-encoded", record: attach(own), answers: [encodeURIComponent(document("*"))] },
    {
      name: "parameters left out",
      record: call("iam:AttachUserPolicy", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "reading", record: attach("arn:aws:iam::aws:policy/ReadOnlyAccess") },
    {
      name: "a name that begins like it",
      record: attach("arn:aws:iam::aws:policy/AdministratorAccess-Amplify"),
    },
    { name: "a customer's policy of less", record: attach(own), answers: [document("s3:*")] },
    {
      name: "one of less under the name of AWS's",
      record: attach(copy),
      answers: [document("s3:GetObject")],
    },
    { name: "a customer's policy that nobody knows", record: attach(own) },
    { name: "a customer's policy that says nothing", record: attach(own), answers: [""] },
    { name: "no parameters", record: call("iam:AttachUserPolicy", null) },
  ],
};
