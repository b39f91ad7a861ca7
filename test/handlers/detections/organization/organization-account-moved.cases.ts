import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "moved",
    record: call("organizations:MoveAccount", {
      accountId: "444455556666",
      sourceParentId: "ou-1",
      destinationParentId: "r-1",
    }),
    evidence: "requestParameters.destinationParentId",
    resources: ["444455556666"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
