import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "another key",
    record: call("kms:UpdateAlias", { aliasName: "alias/data", targetKeyId: "k-2" }),
    evidence: "requestParameters.targetKeyId",
    resources: ["alias/data"],
  },
  { name: "no key", record: call("kms:DeleteAlias", { aliasName: "alias/data" }), severity: "low" },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
