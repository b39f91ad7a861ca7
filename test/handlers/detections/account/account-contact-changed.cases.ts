import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "another contact",
    record: call("account:PutAlternateContact", {
      alternateContactType: "SECURITY",
      emailAddress: "HIDDEN_DUE_TO_SECURITY_REASONS",
    }),
    evidence: "requestParameters.alternateContactType",
  },
  {
    name: "no contact",
    record: call("account:DeleteAlternateContact", { alternateContactType: "SECURITY" }),
  },
  {
    name: "the address",
    record: call("account:PutContactInformation", { contactInformation: "HIDDEN_DUE_TO_SECURITY_REASONS" }),
  },
  {
    name: "the first e-mail address",
    record: call("account:StartPrimaryEmailUpdate", { accountId: "444455556666" }),
    evidence: "requestParameters.accountId",
  },
  {
    name: "the first e-mail address, done",
    record: call("account:AcceptPrimaryEmailUpdate", { accountId: "444455556666" }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
