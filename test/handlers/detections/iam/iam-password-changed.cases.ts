import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "by a user",
    record: call("iam:ChangePassword", null),
    evidence: "userIdentity.userName",
    resources: ["alice"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
