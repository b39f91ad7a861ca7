import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "set",
    record: call("iam:CreateAccountAlias", { accountAlias: "acme" }),
    evidence: "requestParameters.accountAlias",
  },
  { name: "deleted", record: call("iam:DeleteAccountAlias", { accountAlias: "acme" }) },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
