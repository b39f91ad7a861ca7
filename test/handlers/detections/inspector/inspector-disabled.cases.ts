import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "off",
    record: call("inspector2:Disable", { accountIds: ["111122223333"], resourceTypes: ["EC2"] }),
    evidence: "requestParameters.resourceTypes",
  },
  {
    name: "a member",
    record: call("inspector2:DisassociateMember", { accountId: "444455556666" }),
    evidence: "requestParameters.accountId",
  },
  {
    name: "findings suppressed",
    record: call("inspector2:CreateFilter", { name: "all", action: "SUPPRESS", filterCriteria: {} }),
    severity: "low",
  },
  {
    name: "findings suppressed, changed",
    record: call("inspector2:UpdateFilter", { action: "SUPPRESS" }),
    severity: "low",
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "a filter for a view",
      record: call("inspector2:CreateFilter", { name: "view", action: "NONE" }),
    },
  ],
};
