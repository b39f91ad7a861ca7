import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a stack",
    record: call("cloudformation:CreateStack", {
      stackName: "app",
      templateURL: "https://templates.s3.amazonaws.com/app.json",
      capabilities: ["CAPABILITY_NAMED_IAM"],
    }),
    evidence: "requestParameters.templateURL",
    resources: ["app"],
  },
  {
    name: "a stack with a role",
    record: call("cloudformation:CreateStack", {
      stackName: "app",
      roleARN: "arn:aws:iam::111122223333:role/admin",
    }),
    severity: "medium",
    evidence: "requestParameters.roleARN",
  },
  {
    name: "a set",
    record: call("cloudformation:CreateStackSet", { stackSetName: "all" }),
    severity: "medium",
    resources: ["all"],
  },
  {
    name: "a set in accounts",
    record: call("cloudformation:CreateStackInstances", { stackSetName: "all", accounts: ["111122223333"] }),
    severity: "medium",
  },
];

export const cases: Cases = {
  hits,
  quiet: [...byAutomation(hits), ...byService(hits, "servicecatalog.amazonaws.com")],
};
