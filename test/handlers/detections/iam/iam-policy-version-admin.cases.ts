import { call, type Cases, role } from "../support/cases";

const policyArn = "arn:aws:iam::111122223333:policy/app";
const document = (Action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const create = (Action: string, setAsDefault: unknown) =>
  call("iam:CreatePolicyVersion", { policyArn, policyDocument: document(Action), setAsDefault });
const setDefault = call("iam:SetDefaultPolicyVersion", { policyArn, versionId: "v1" });

export const cases: Cases = {
  hits: [
    { name: "a default version with all actions", record: create("*", true), resources: [policyArn] },
    { name: "the flag as text", record: create("iam:*", "true") },
    {
      name: "a version with all actions made the default",
      record: setDefault,
      answers: [document("*")],
      evidence: "requestParameters.versionId",
    },
  ],
  quiet: [
    { name: "a narrower version made the default", record: setDefault, answers: [document("s3:*")] },
    { name: "a version made the default that nobody knows", record: setDefault },
    { name: "a version with some actions", record: create("s3:GetObject", true) },
    { name: "a version that is not the default", record: create("*", false) },
    {
      name: "another version made the default by automation",
      record: { ...setDefault, userIdentity: role("deploy") },
      context: { automation: ["*:role/deploy"] },
    },
  ],
};
