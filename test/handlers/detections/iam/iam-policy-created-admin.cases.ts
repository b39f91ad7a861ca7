import { call, type Cases } from "../support/cases";

const arn = "arn:aws:iam::111122223333:policy/app-helper";
const document = (Action: unknown) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const create = (Action: unknown) =>
  call(
    "iam:CreatePolicy",
    { policyName: "app-helper", policyDocument: document(Action) },
    { responseElements: { policy: { arn, defaultVersionId: "v1" } } },
  );
const version = (Action: unknown, setAsDefault: unknown) =>
  call("iam:CreatePolicyVersion", { policyArn: arn, policyDocument: document(Action), setAsDefault });

export const cases: Cases = {
  hits: [
    {
      name: "all actions, under another name",
      record: create("*"),
      evidence: "requestParameters.policyDocument.Statement[0]",
      resources: [arn],
    },
    { name: "all of IAM", record: create(["s3:GetObject", "iam:*"]) },
    { name: "a version that waits", record: version("*", false), resources: [arn] },
    { name: "a version that says nothing of the default", record: version("*", undefined) },
    {
      name: "parameters left out",
      record: call("iam:CreatePolicy", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "some actions", record: create(["s3:*", "ec2:*"]) },
    { name: "a version of some actions", record: version("s3:*", false) },
    { name: "a version that is the default at once", record: version("*", true) },
    { name: "broken JSON", record: call("iam:CreatePolicy", { policyName: "p", policyDocument: "{" }) },
  ],
};
