import { call, type Cases } from "../support/cases";

const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;

export const cases: Cases = {
  hits: [
    {
      name: "the third version, a user",
      record: call("iam:AttachUserPolicy", {
        userName: "bob",
        policyArn: arn("AWSCompromisedKeyQuarantineV3"),
      }),
      resources: ["bob"],
    },
    {
      name: "the second version, a role",
      record: call("iam:AttachRolePolicy", {
        roleName: "r",
        policyArn: arn("AWSCompromisedKeyQuarantineV2"),
      }),
      resources: ["r"],
    },
    {
      name: "the first version, a group",
      record: call("iam:AttachGroupPolicy", {
        groupName: "g",
        policyArn: arn("AWSCompromisedKeyQuarantine"),
      }),
      resources: ["g"],
    },
    {
      name: "the older, inline",
      record: call("iam:PutUserPolicy", {
        userName: "bob",
        policyName: "AWSExposedCredentialPolicy_DO_NOT_REMOVE",
        policyDocument: "{}",
      }),
      evidence: "requestParameters.policyName",
    },
  ],
  quiet: [
    {
      name: "another policy, a user",
      record: call("iam:AttachUserPolicy", { userName: "bob", policyArn: arn("ReadOnlyAccess") }),
    },
    {
      name: "another policy, a role",
      record: call("iam:AttachRolePolicy", { roleName: "r", policyArn: arn("ReadOnlyAccess") }),
    },
    {
      name: "another policy, a group",
      record: call("iam:AttachGroupPolicy", {
        groupName: "g",
        policyArn: arn("AWSCompromisedKeyQuarantineReport"),
      }),
    },
    {
      name: "another inline policy",
      record: call("iam:PutUserPolicy", { userName: "bob", policyName: "p", policyDocument: "{}" }),
    },
  ],
};
