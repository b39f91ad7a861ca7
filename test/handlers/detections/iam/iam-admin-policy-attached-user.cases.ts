import { call, type Cases } from "../support/cases";

const attach = (policyArn: string) => call("iam:AttachUserPolicy", { userName: "bob", policyArn });

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
      record: attach("arn:aws:iam::111122223333:policy/ops/AdministratorAccess"),
    },
    {
      name: "a policy of the configuration",
      record: attach("arn:aws:iam::111122223333:policy/god-mode"),
      context: { privilegedPolicies: ["arn:aws:iam::*:policy/god-*"] },
    },
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
    { name: "no parameters", record: call("iam:AttachUserPolicy", null) },
  ],
};
