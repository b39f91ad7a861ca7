import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const starting = (count: number) => ({
  instancesSet: { items: Array.from({ length: count }, (_, index) => ({ instanceId: `i-${index}` })) },
});
const hits: Case[] = [
  {
    name: "one",
    record: call("ec2:StartInstances", starting(1)),
    evidence: "requestParameters.instancesSet",
    resources: ["i-0"],
  },
];

export const cases: Cases = {
  hits,
  quiet: [...byAutomation(hits), ...byService(hits)],
  bursts: [
    { name: "ten", records: [call("ec2:StartInstances", starting(10))], findings: 1 },
    { name: "nine", records: [call("ec2:StartInstances", starting(9))], findings: 0 },
  ],
};
