import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "version 2",
    record: call("ses:DeleteEmailIdentity", { emailIdentity: "example.com" }),
    evidence: "requestParameters.emailIdentity",
    resources: ["example.com"],
  },
  {
    name: "version 1",
    record: call("ses:DeleteIdentity", { identity: "ceo@example.com" }),
    resources: ["ceo@example.com"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
