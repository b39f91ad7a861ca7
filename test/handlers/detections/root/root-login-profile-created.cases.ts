import { account, call, type Cases, root } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "by root, for root",
      record: call("iam:CreateLoginProfile", null, { userIdentity: root() }),
      resources: [account],
    },
  ],
  quiet: [
    {
      name: "by root, for a user",
      record: call("iam:CreateLoginProfile", { userName: "bob" }, { userIdentity: root() }),
    },
    { name: "by a user", record: call("iam:CreateLoginProfile", { userName: "bob" }) },
  ],
};
