import { call, type Cases, role } from "../support/cases";

const arn = "arn:aws:iam::111122223333:policy/app";
const document = (Action: unknown, Resource: unknown = "*") =>
  JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action, Resource } });
const parts = document(["iam:Attach*", "iam:Put*", "iam:Create*"]);
const put = (policyDocument: unknown) =>
  call("iam:PutUserPolicy", { userName: "bob", policyName: "p", policyDocument });
const attach = (kind: string) =>
  call(`iam:Attach${kind}Policy`, { [`${kind.toLowerCase()}Name`]: "x", policyArn: arn });
const create = (policyDocument: unknown) =>
  call("iam:CreatePolicy", { policyName: "app", policyDocument }, { responseElements: { policy: { arn } } });
const version = (policyDocument: unknown, setAsDefault: boolean) =>
  call("iam:CreatePolicyVersion", { policyArn: arn, policyDocument, setAsDefault });
const setDefault = call("iam:SetDefaultPolicyVersion", { policyArn: arn, versionId: "v2" });
const kinds = ["User", "Role", "Group"];

export const cases: Cases = {
  hits: [
    {
      name: "an inline policy of a user, in parts",
      record: put(parts),
      evidence: "requestParameters.policyDocument.Statement[0]",
      resources: ["bob"],
    },
    {
      name: "an inline policy of a role",
      record: call("iam:PutRolePolicy", { roleName: "r", policyName: "p", policyDocument: parts }),
      resources: ["r"],
    },
    {
      name: "an inline policy of a group",
      record: call("iam:PutGroupPolicy", { groupName: "g", policyName: "p", policyDocument: parts }),
      resources: ["g"],
    },
    {
      name: "all of IAM on users, roles and policies",
      record: put(
        document(
          "iam:*",
          ["user/*", "role/*", "policy/*"].map((one) => `arn:aws:iam::*:${one}`),
        ),
      ),
    },
    { name: "a role to pass and a function to start", record: put(document(["iam:PassRole", "lambda:*"])) },
    {
      name: "a right on oneself",
      record: put(document("iam:PutUserPolicy", "arn:aws:iam::111122223333:user/bob")),
    },
    { name: "a policy that is there", record: create(parts), severity: "medium", resources: [arn] },
    { name: "a version that is the default", record: version(parts, true), resources: [arn] },
    { name: "a version that waits", record: version(parts, false), severity: "medium" },
    {
      name: "a version made the default",
      record: setDefault,
      answers: [parts],
      evidence: "requestParameters.versionId",
    },
    ...kinds.map((kind) => ({
      name: `attached to a ${kind.toLowerCase()}`,
      record: attach(kind),
      answers: [parts],
      evidence: `document of ${arn}.Statement[0]`,
      resources: ["x", arn],
    })),
    { name: "the code of all functions", record: put(document("lambda:*")), severity: "medium" },
    { name: "any role", record: put(document("sts:AssumeRole")), severity: "medium" },
    {
      name: "parameters left out",
      record: call("iam:PutUserPolicy", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "an administrator's, which is reported as that", record: put(document("*")) },
    {
      name: "a user who may look after themselves",
      record: put(document(["iam:CreateAccessKey"], "arn:aws:iam::*:user/${aws:username}")),
    },
    {
      name: "one role to pass",
      record: put(document(["iam:PassRole", "lambda:CreateFunction"], "arn:aws:iam::111122223333:role/app")),
    },
    {
      name: "a role's everyday rights",
      record: call("iam:PutRolePolicy", { roleName: "r", policyName: "p", policyDocument: document("s3:*") }),
    },
    {
      name: "a group's everyday rights",
      record: call("iam:PutGroupPolicy", {
        groupName: "g",
        policyName: "p",
        policyDocument: document("ec2:*"),
      }),
    },
    { name: "a policy of everyday rights", record: create(document("s3:*")) },
    { name: "a version of everyday rights", record: version(document("s3:*"), true) },
    {
      name: "a version made the default, of everyday rights",
      record: setDefault,
      answers: [document("s3:*")],
    },
    { name: "a version made the default that nobody knows", record: setDefault },
    ...kinds.map((kind) => ({
      name: `everyday rights attached to a ${kind.toLowerCase()}`,
      record: attach(kind),
      answers: [document("s3:*")],
    })),
    {
      name: "what this system's own role gets, which own-part-changed reports",
      record: call("iam:PutRolePolicy", { roleName: "ours", policyName: "p", policyDocument: parts }),
      context: { ownResources: ["ours"] },
    },
    {
      name: "by automation",
      record: { ...put(parts), userIdentity: role("deploy") },
      context: { automation: ["*:role/deploy"] },
    },
  ],
};
