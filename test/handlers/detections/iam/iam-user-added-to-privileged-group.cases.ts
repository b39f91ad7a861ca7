import { call, type Cases } from "../support/cases";

const add = (groupName: string) => call("iam:AddUserToGroup", { groupName, userName: "bob" });
const statement = (Action: string) => ({ Statement: { Effect: "Allow", Action, Resource: "*" } });

export const cases: Cases = {
  hits: [
    { name: "a group that says admin", record: add("SiteAdmins"), resources: ["bob", "SiteAdmins"] },
    {
      name: "a group of the configuration",
      record: add("platform-eu"),
      context: { privilegedGroups: ["platform-*"] },
    },
    {
      name: "a group with AWS's administrator policy",
      record: add("readers"),
      answers: [[{ arn: "arn:aws:iam::aws:policy/AdministratorAccess" }]],
      severity: "high",
    },
    {
      name: "a group with a policy of all actions",
      record: add("readers"),
      answers: [
        [
          { document: statement("s3:GetObject") },
          { arn: "arn:aws:iam::111122223333:policy/x", document: statement("*") },
        ],
      ],
      severity: "high",
    },
    {
      name: "a group with a policy that leads there",
      record: add("readers"),
      answers: [[{ document: statement("iam:PutUserPolicy") }]],
      severity: "high",
    },
    {
      name: "parameters left out",
      record: call("iam:AddUserToGroup", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "another group", record: add("readers") },
    {
      name: "another group whose policies are harmless",
      record: add("readers"),
      answers: [
        [
          { arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
          { document: statement("s3:*") },
          { document: statement("sts:AssumeRole") },
        ],
      ],
    },
    { name: "a group without policies", record: add("readers"), answers: [[]] },
    { name: "no parameters", record: call("iam:AddUserToGroup", null) },
  ],
};
