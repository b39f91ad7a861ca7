import { type Cases, byAutomation, byService, call, repeated } from "../support/cases";

const one = call("ec2:DeleteVolume", { volumeId: "vol-0a1b2c3d4e5f60718" });
const hits = [
  { name: "one", record: one, evidence: "requestParameters.volumeId", resources: ["vol-0a1b2c3d4e5f60718"] },
];
const many = (count: number) =>
  repeated(one, count, 20, (index) => ({ requestParameters: { volumeId: `vol-${index}` } }));

export const cases: Cases = {
  hits,
  quiet: [...byAutomation(hits), ...byService(hits, "ec2.amazonaws.com")],
  bursts: [
    { name: "ten", records: many(10), findings: 1 },
    { name: "nine", records: many(9), findings: 0 },
  ],
};
