import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "version 2",
    record: call("ses:CreateEmailTemplate", { templateName: "invoice" }),
    evidence: "requestParameters.templateName",
    resources: ["invoice"],
  },
  { name: "version 1", record: call("ses:CreateTemplate", { template: { templateName: "invoice" } }) },
  { name: "changed", record: call("ses:UpdateEmailTemplate", { templateName: "invoice" }) },
  {
    name: "changed, version 1",
    record: call("ses:UpdateTemplate", { template: { templateName: "invoice" } }),
  },
  {
    name: "a configuration",
    record: call("ses:CreateConfigurationSet", { configurationSetName: "c" }),
    resources: ["c"],
  },
  { name: "a list", record: call("ses:CreateContactList", { contactListName: "l" }), resources: ["l"] },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
