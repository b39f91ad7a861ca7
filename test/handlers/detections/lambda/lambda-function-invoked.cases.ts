import { type Case, type Cases, byAutomation, byService, call, role } from "../support/cases";

const one = call("lambda:Invoke", { functionName: "orders", invocationType: "RequestResponse" });
const hits: Case[] = [
  { name: "with a stream", record: call("lambda:InvokeWithResponseStream", { functionName: "orders" }) },
  { name: "as before 2015", record: call("lambda:InvokeAsync", { functionName: "orders" }) },
  { name: "by a user", record: one, evidence: "requestParameters.functionName", resources: ["orders"] },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits, "apigateway.amazonaws.com"),
    { name: "by a role of software", record: { ...one, userIdentity: role("api") } },
  ],
};
