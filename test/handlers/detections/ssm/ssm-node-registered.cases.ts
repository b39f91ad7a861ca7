import { type Case, type Cases, byAutomation, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "an activation",
    record: call(
      "ssm:CreateActivation",
      { iamRole: "hybrid", registrationLimit: 100 },
      { responseElements: { activationId: "a-1" } },
    ),
    evidence: "requestParameters.iamRole",
    resources: [],
  },
  {
    name: "a machine",
    record: call(
      "ssm:RegisterManagedInstance",
      { activationId: "a-1" },
      { responseElements: { instanceId: "mi-1" } },
    ),
    resources: ["a-1", "mi-1"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits)] };
