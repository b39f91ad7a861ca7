import { call, type Cases } from "../support/cases";

const attach = (policyArn: string) => call("iam:AttachGroupPolicy", { groupName: "ops", policyArn });

export const cases: Cases = {
  hits: [
    {
      name: "AdministratorAccess",
      record: attach("arn:aws:iam::aws:policy/AdministratorAccess"),
      resources: ["ops"],
    },
  ],
  quiet: [{ name: "billing", record: attach("arn:aws:iam::aws:policy/job-function/Billing") }],
};
