import { call, type Cases } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "deleted",
      record: call("bedrock:DeleteGuardrail", { guardrailIdentifier: "gr1" }),
      resources: ["gr1"],
    },
    {
      name: "updated",
      record: call("bedrock:UpdateGuardrail", { guardrailIdentifier: "gr1", name: "chat" }),
    },
  ],
  quiet: [{ name: "created", record: call("bedrock:CreateGuardrail", { name: "chat" }) }],
  everyCall: "whether an update is stricter cannot be seen",
};
