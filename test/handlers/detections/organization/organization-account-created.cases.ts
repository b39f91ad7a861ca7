import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "an account",
    record: call("organizations:CreateAccount", {
      accountName: "lab",
      email: "HIDDEN_DUE_TO_SECURITY_REASONS",
    }),
    evidence: "requestParameters.accountName",
  },
  { name: "one for GovCloud", record: call("organizations:CreateGovCloudAccount", { accountName: "lab" }) },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
