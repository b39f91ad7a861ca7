import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a function",
    record: call("lambda:CreateFunction20150331", {
      functionName: "helper",
      runtime: "python3.12",
      role: "arn:aws:iam::111122223333:role/admin",
      handler: "index.handler",
    }),
    evidence: "requestParameters.role",
    resources: ["helper", "arn:aws:iam::111122223333:role/admin"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
