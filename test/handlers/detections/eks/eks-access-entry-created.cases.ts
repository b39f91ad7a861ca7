import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "an own role",
    record: call("eks:CreateAccessEntry", {
      name: "prod",
      principalArn: "arn:aws:iam::111122223333:role/dev",
      kubernetesGroups: ["ops"],
    }),
    evidence: "requestParameters.kubernetesGroups",
    resources: ["prod"],
  },
  {
    name: "another account's role",
    record: call("eks:CreateAccessEntry", {
      name: "prod",
      principalArn: "arn:aws:iam::444455556666:role/dev",
    }),
    severity: "high",
  },
  {
    name: "changed",
    record: call("eks:UpdateAccessEntry", {
      name: "prod",
      principalArn: "arn:aws:iam::111122223333:role/dev",
    }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
