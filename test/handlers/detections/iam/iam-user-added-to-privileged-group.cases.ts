import { call, type Cases } from "../support/cases";

const add = (groupName: string) => call("iam:AddUserToGroup", { groupName, userName: "bob" });

export const cases: Cases = {
  hits: [
    { name: "a group that says admin", record: add("SiteAdmins"), resources: ["bob", "SiteAdmins"] },
    {
      name: "a group of the configuration",
      record: add("platform-eu"),
      context: { privilegedGroups: ["platform-*"] },
    },
  ],
  quiet: [
    { name: "another group", record: add("readers") },
    { name: "no parameters", record: call("iam:AddUserToGroup", null) },
  ],
};
