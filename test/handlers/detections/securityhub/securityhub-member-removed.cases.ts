import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "deleted",
    record: call("securityhub:DeleteMembers", { AccountIds: ["444455556666"] }),
    evidence: "requestParameters.AccountIds",
    resources: ["444455556666"],
  },
  {
    name: "disassociated",
    record: call("securityhub:DisassociateMembers", { AccountIds: ["444455556666"] }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
