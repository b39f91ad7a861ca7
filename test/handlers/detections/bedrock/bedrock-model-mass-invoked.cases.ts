import { type Cases, byAutomation, byService, call, repeated } from "../support/cases";

const one = call("bedrock:InvokeModel", { modelId: "amazon.nova-pro-v1:0" });
const names = [
  "Converse",
  "ConverseStream",
  "InvokeModel",
  "InvokeModelWithBidirectionalStream",
  "InvokeModelWithResponseStream",
  "StartAsyncInvoke",
];
const hits = names.map((name) => ({
  name,
  record: { ...one, eventName: name },
  evidence: "requestParameters.modelId",
  resources: ["amazon.nova-pro-v1:0"],
}));

export const cases: Cases = {
  hits,
  quiet: [...byAutomation(hits), ...byService(hits)],
  bursts: [
    { name: "five hundred in an hour", records: repeated(one, 500, 5), findings: 1 },
    { name: "four hundred and ninety-nine", records: repeated(one, 499, 5), findings: 0 },
    {
      name: "two hundred, where a hundred are many",
      records: repeated(one, 200, 5),
      findings: 1,
      context: { thresholds: { "bedrock-model-mass-invoked": 100 } },
    },
  ],
};
