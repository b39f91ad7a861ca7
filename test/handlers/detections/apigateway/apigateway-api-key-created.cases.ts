import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  { name: "created", record: call("apigateway:CreateApiKey", { name: "x" }), resources: ["x"] },
  { name: "all, with their values", record: call("apigateway:GetApiKeys", { includeValues: true }) },
  {
    name: "one, with its value",
    record: call("apigateway:GetApiKey", { apiKey: "k", includeValue: "true" }),
    resources: ["k"],
  },
  { name: "imported", record: call("apigateway:ImportApiKeys", { format: "csv" }) },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    { name: "their names", record: call("apigateway:GetApiKeys", { limit: 500 }) },
    { name: "one's name", record: call("apigateway:GetApiKey", { apiKey: "k" }) },
  ],
};
