import { describeKind } from "./describe-kind";

describeKind("registryPolicy", {
  read: {
    id: "account",
    answers: { "ecr:GetRegistryPolicy": { registryId: "111122223333", policyText: "{}" } },
    state: { GetRegistryPolicy: { policyText: "{}" } },
  },
  list: { answers: {}, found: [{ id: "account" }] },
  setBy: [
    ["ecr:DeleteRegistryPolicy", {}, ["account"]],
    ["ecr:PutRegistryPolicy", {}, ["account"]],
  ],
});
