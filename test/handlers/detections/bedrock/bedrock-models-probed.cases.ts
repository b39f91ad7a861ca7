import { type Cases, byAutomation, byService, call, repeated } from "../support/cases";

const failed = (name: string, modelId: string, errorCode: string) =>
  call(`bedrock:${name}`, { modelId }, { errorCode, errorMessage: "no" });
const hits = [
  failed("InvokeModel", "anthropic.claude-3-opus-20240229-v1:0", "ValidationException"),
  failed("InvokeModelWithResponseStream", "anthropic.claude-v2", "AccessDenied"),
  failed("Converse", "amazon.nova-pro-v1:0", "ResourceNotFoundException"),
  failed("ConverseStream", "amazon.nova-lite-v1:0", "AccessDeniedException"),
].map((record, index) => ({
  name: `${record.eventName}, ${record.errorCode}`,
  record: { ...record, eventID: `e${index}` },
  evidence: "requestParameters.modelId",
}));
const records = hits.map(({ record }) => record);

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    { name: "throttled", record: failed("InvokeModel", "anthropic.claude-v2", "ThrottlingException") },
    { name: "without an error", record: call("bedrock:InvokeModel", { modelId: "anthropic.claude-v2" }) },
  ],
  everyCall: "only failed calls are examined",
  bursts: [
    { name: "three models", records: records.slice(0, 3), findings: 1 },
    { name: "two models", records: records.slice(0, 2), findings: 0 },
    {
      name: "one model again and again",
      records: repeated(records[0] as (typeof records)[number], 30, 10),
      findings: 0,
    },
  ],
};
