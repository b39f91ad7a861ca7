import { call, type Cases, role } from "../support/cases";

const create = call("iam:CreateUser", { userName: "backup", path: "/" });

export const cases: Cases = {
  hits: [{ name: "by a person", record: create, resources: ["backup"] }],
  quiet: [
    {
      name: "by automation",
      record: { ...create, userIdentity: role("terraform", "run-17") },
      context: { automation: ["arn:aws:sts::111122223333:assumed-role/terraform/*"] },
    },
    { name: "a user of a database", record: call("elasticache:CreateUser", { userName: "backup" }) },
  ],
};
