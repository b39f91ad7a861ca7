import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  { name: "deleted", record: call("rbin:DeleteRule", { identifier: "r-1" }), resources: ["r-1"] },
  {
    name: "shortened",
    record: call("rbin:UpdateRule", {
      identifier: "r-1",
      retentionPeriod: { retentionPeriodValue: 1, retentionPeriodUnit: "DAYS" },
    }),
    evidence: "requestParameters.retentionPeriod",
  },
  { name: "unlocked", record: call("rbin:UnlockRule", { identifier: "r-1" }) },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
