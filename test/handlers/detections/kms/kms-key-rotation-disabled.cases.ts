import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a key",
    record: call("kms:DisableKeyRotation", { keyId: "k-1" }),
    evidence: "requestParameters.keyId",
    resources: ["k-1"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
