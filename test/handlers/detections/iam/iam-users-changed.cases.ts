import { type Cases, byAutomation, byService, call, repeated } from "../support/cases";

const names = [
  "AddUserToGroup",
  "AttachGroupPolicy",
  "AttachUserPolicy",
  "ChangePassword",
  "CreateAccessKey",
  "CreateGroup",
  "CreateLoginProfile",
  "CreateServiceSpecificCredential",
  "CreateUser",
  "CreateVirtualMFADevice",
  "EnableMFADevice",
  "PutGroupPolicy",
  "PutUserPolicy",
  "UpdateAccessKey",
  "UpdateLoginProfile",
];
const hits = names.map((name, index) => ({
  name,
  record: call(`iam:${name}`, { userName: "svc-backup" }, { eventID: `e${index}` }),
  evidence: "requestParameters.userName",
  resources: ["svc-backup"],
}));
const named = (...some: string[]) =>
  hits.filter(({ name }) => some.includes(name)).map(({ record }) => record);

export const cases: Cases = {
  hits,
  quiet: [...byAutomation(hits), ...byService(hits)],
  bursts: [
    {
      name: "a user with a key, a group and a policy",
      records: named("CreateUser", "CreateAccessKey", "AddUserToGroup", "AttachUserPolicy"),
      findings: 1,
    },
    {
      name: "a user with a key and a group",
      records: named("CreateUser", "CreateAccessKey", "AddUserToGroup"),
      findings: 0,
    },
    {
      name: "many users",
      records: repeated(named("CreateUser")[0] as (typeof hits)[number]["record"], 20, 5),
      findings: 0,
    },
  ],
};
