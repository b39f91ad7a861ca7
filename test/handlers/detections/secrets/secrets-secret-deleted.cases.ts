import { type Cases, byAutomation, byService, call, repeated } from "../support/cases";

const one = call("secretsmanager:DeleteSecret", { secretId: "db", forceDeleteWithoutRecovery: true });
const hits = [
  {
    name: "without recovery",
    record: one,
    evidence: "requestParameters.forceDeleteWithoutRecovery",
    resources: ["db"],
  },
];
const many = (count: number) =>
  repeated(one, count, 10, (index) => ({
    requestParameters: { secretId: `db${index}`, forceDeleteWithoutRecovery: true },
  }));

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "with days to bring it back",
      record: call("secretsmanager:DeleteSecret", { secretId: "db", recoveryWindowInDays: 7 }),
    },
  ],
  bursts: [
    { name: "ten", records: many(10), findings: 1 },
    { name: "nine", records: many(9), findings: 0 },
  ],
};
