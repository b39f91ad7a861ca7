import { type Cases, byAutomation, byService, call, refused } from "../support/cases";

const names = [
  "GetFoundationModelAvailability",
  "GetModelInvocationLoggingConfiguration",
  "GetUseCaseForModelAccess",
  "ListCustomModels",
  "ListFoundationModelAgreementOffers",
  "ListFoundationModels",
  "ListInferenceProfiles",
  "ListProvisionedModelThroughputs",
];
const records = names.map((name, index) =>
  call(`bedrock:${name}`, { modelId: "anthropic.claude-v2" }, { eventID: `e${index}`, readOnly: true }),
);
const denied = refused(records[0] as (typeof records)[number], "AccessDeniedException");
const hits = [...records, denied].map((record) => ({
  name: `${record.eventName} ${record.errorCode ?? ""}`,
  record,
}));

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    { name: "throttled", record: refused(denied, "ThrottlingException") },
    { name: "a scanner", record: denied, context: { scanners: ["*:user/alice"] } },
  ],
  bursts: [
    { name: "four kinds of calls", records: records.slice(0, 4), findings: 1 },
    { name: "three kinds of calls", records: records.slice(0, 3), findings: 0 },
  ],
};
