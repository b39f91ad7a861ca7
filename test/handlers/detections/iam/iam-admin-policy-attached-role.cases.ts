import { call, type Cases, role } from "../support/cases";

const attach = (policyArn: string) => call("iam:AttachRolePolicy", { roleName: "builder", policyArn });
const administrator = attach("arn:aws:iam::aws:policy/AdministratorAccess");

export const cases: Cases = {
  hits: [
    { name: "AdministratorAccess", record: administrator, resources: ["builder"] },
    { name: "by a role that is no automation", record: { ...administrator, userIdentity: role("deploy") } },
  ],
  quiet: [
    { name: "logs only", record: attach("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole") },
    {
      name: "by automation",
      record: { ...administrator, userIdentity: role("deploy") },
      context: { automation: ["arn:aws:iam::*:role/deploy"] },
    },
  ],
};
