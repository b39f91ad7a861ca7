import { type Cases, byAutomation, byService, call, repeated } from "../support/cases";

const stopping = (...ids: string[]) => ({
  instancesSet: { items: ids.map((instanceId) => ({ instanceId })) },
});
const one = call("ec2:TerminateInstances", stopping("i-0a1b2c3d4e5f60718"));
const hits = [
  {
    name: "one is terminated",
    record: one,
    evidence: "requestParameters.instancesSet",
    resources: ["i-0a1b2c3d4e5f60718"],
  },
  { name: "one is stopped", record: call("ec2:StopInstances", { ...stopping("i-1"), force: true }) },
];
const ids = (count: number) => Array.from({ length: count }, (_, index) => `i-${index}`);

export const cases: Cases = {
  hits,
  quiet: [...byAutomation(hits), ...byService(hits, "autoscaling.amazonaws.com")],
  bursts: [
    { name: "ten by one call", records: [call("ec2:TerminateInstances", stopping(...ids(10)))], findings: 1 },
    {
      name: "ten by ten calls",
      records: repeated(one, 10, 30, (index) => ({ requestParameters: stopping(`i-${index}`) })),
      findings: 1,
    },
    { name: "nine", records: [call("ec2:StopInstances", stopping(...ids(9)))], findings: 0 },
    { name: "one again and again", records: repeated(one, 20, 5), findings: 0 },
  ],
};
