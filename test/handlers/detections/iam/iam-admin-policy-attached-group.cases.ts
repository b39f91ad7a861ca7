import { call, type Cases } from "../support/cases";

const attach = (policyArn: string) => call("iam:AttachGroupPolicy", { groupName: "ops", policyArn });

export const cases: Cases = {
  hits: [
    {
      name: "AdministratorAccess",
      record: attach("arn:aws:iam::aws:policy/AdministratorAccess"),
      resources: ["ops"],
    },
    {
      name: "a customer's policy whose document is an administrator's",
      record: attach("arn:aws-us-gov:iam::111122223333:policy/x"),
      answers: [{ Statement: { Effect: "Allow", NotAction: "s3:*", Resource: "*" } }],
      severity: "critical",
    },
  ],
  quiet: [{ name: "billing", record: attach("arn:aws:iam::aws:policy/job-function/Billing") }],
};
