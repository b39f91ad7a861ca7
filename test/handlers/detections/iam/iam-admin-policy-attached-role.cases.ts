import { call, type Cases, role } from "../support/cases";

const attach = (policyArn: string) => call("iam:AttachRolePolicy", { roleName: "builder", policyArn });
const administrator = attach("arn:aws:iam::aws:policy/AdministratorAccess");

export const cases: Cases = {
  hits: [
    { name: "AdministratorAccess", record: administrator, resources: ["builder"] },
    {
      name: "a customer's policy whose document is an administrator's",
      record: attach("arn:aws:iam::111122223333:policy/x"),
      answers: [{ Statement: { Effect: "Allow", Action: "*", Resource: "*" } }],
      severity: "critical",
    },
    { name: "by a role that is no automation", record: { ...administrator, userIdentity: role("deploy") } },
  ],
  quiet: [
    {
      name: "a customer's policy, by automation",
      record: { ...attach("arn:aws:iam::111122223333:policy/x"), userIdentity: role("deploy") },
      context: { automation: ["arn:aws:iam::*:role/deploy"] },
    },
    { name: "logs only", record: attach("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole") },
    {
      name: "by automation",
      record: { ...administrator, userIdentity: role("deploy") },
      context: { automation: ["arn:aws:iam::*:role/deploy"] },
    },
  ],
};
