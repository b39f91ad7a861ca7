import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a user",
    record: call("iam:UpdateUser", { userName: "bob", newUserName: "svc-backup" }),
    evidence: "requestParameters.newUserName",
    resources: ["svc-backup"],
  },
  {
    name: "a group",
    record: call("iam:UpdateGroup", { groupName: "admins", newGroupName: "readers" }),
    evidence: "requestParameters.newGroupName",
    resources: ["readers"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
