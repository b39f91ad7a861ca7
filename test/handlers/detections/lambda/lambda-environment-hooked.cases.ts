import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const update = (environment: unknown, event = "lambda:UpdateFunctionConfiguration20150331v2") =>
  call(event, { functionName: "billing", environment });
const hook = { NODE_OPTIONS: "--require /opt/hook.js" };

const hits: Case[] = [
  {
    name: "as the function has it, because the record does not show it",
    record: update({}),
    answers: [hook],
    evidence: "requestParameters.environment.variables.NODE_OPTIONS",
    resources: ["billing"],
  },
  {
    name: "in a record that shows it",
    record: update({ variables: hook }, "lambda:UpdateFunctionConfiguration"),
    evidence: "requestParameters.environment.variables.NODE_OPTIONS",
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    { name: "nothing loaded", record: update({}), answers: [{}] },
    { name: "nobody knows", record: update({}) },
    { name: "more memory", record: update(undefined) },
    { name: "source maps", record: update({ variables: { NODE_OPTIONS: "--enable-source-maps" } }) },
  ],
};
