import { call, type Cases } from "../support/cases";

const policy = (name: string) => `arn:aws:iam::111122223333:policy/${name}`;
const allowed = { allowedBoundaries: [policy("boundary-*")] };
const puts = ["PutRolePermissionsBoundary", "PutUserPermissionsBoundary"];
const who = (name: string) => (name.includes("Role") ? { roleName: "r" } : { userName: "bob" });
const put = (name: string, permissionsBoundary: string) =>
  call(`iam:${name}`, { ...who(name), permissionsBoundary });

export const cases: Cases = {
  hits: [
    {
      name: "a user's removed",
      record: call("iam:DeleteUserPermissionsBoundary", { userName: "bob" }),
      resources: ["bob"],
    },
    {
      name: "a role's removed",
      record: call("iam:DeleteRolePermissionsBoundary", { roleName: "r" }),
      resources: ["r"],
    },
    ...puts.map((name) => ({
      name: `${name}: a boundary nobody named`,
      record: put(name, policy("mine")),
      context: allowed,
    })),
    {
      name: "a boundary that bounds nothing",
      record: put("PutUserPermissionsBoundary", "arn:aws:iam::aws:policy/AdministratorAccess"),
    },
    ...puts.map((name) => ({
      name: `${name}: a boundary whose document bounds nothing`,
      record: put(name, policy("mine")),
      answers: [{ Statement: { Effect: "Allow", Action: "*", Resource: "*" } }],
    })),
  ],
  quiet: puts.flatMap((name) => [
    {
      name: `${name}: a boundary whose document bounds`,
      record: put(name, policy("mine")),
      answers: [{ Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } }],
    },
    {
      name: `${name}: a boundary of the configuration`,
      record: put(name, policy("boundary-dev")),
      context: allowed,
    },
    { name: `${name}: no list to compare with`, record: put(name, policy("mine")) },
  ]),
  everyCall: "a removed boundary bounds nothing",
};
