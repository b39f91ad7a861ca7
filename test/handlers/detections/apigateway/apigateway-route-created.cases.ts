import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  { name: "CreateApi", record: call("apigateway:CreateApi", { restApiId: "a1", name: "api" }) },
  { name: "CreateApiMapping", record: call("apigateway:CreateApiMapping", { restApiId: "a1", name: "api" }) },
  { name: "CreateDomainName", record: call("apigateway:CreateDomainName", { restApiId: "a1", name: "api" }) },
  {
    name: "CreateIntegration",
    record: call("apigateway:CreateIntegration", { restApiId: "a1", name: "api" }),
  },
  { name: "CreateResource", record: call("apigateway:CreateResource", { restApiId: "a1", name: "api" }) },
  { name: "CreateRestApi", record: call("apigateway:CreateRestApi", { restApiId: "a1", name: "api" }) },
  { name: "CreateRoute", record: call("apigateway:CreateRoute", { apiId: "a1", routeKey: "ANY /admin" }) },
  { name: "ImportRestApi", record: call("apigateway:ImportRestApi", { restApiId: "a1", name: "api" }) },
  { name: "PutIntegration", record: call("apigateway:PutIntegration", { restApiId: "a1", name: "api" }) },
  { name: "PutMethod", record: call("apigateway:PutMethod", { restApiId: "a1", name: "api" }) },
  { name: "PutRestApi", record: call("apigateway:PutRestApi", { restApiId: "a1", name: "api" }) },
  {
    name: "UpdateIntegration",
    record: call("apigateway:UpdateIntegration", { restApiId: "a1", name: "api" }),
  },
  {
    name: "a route",
    record: call("apigateway:CreateRoute", { apiId: "a1", routeKey: "ANY /admin" }),
    evidence: "requestParameters.routeKey",
    resources: ["a1"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
