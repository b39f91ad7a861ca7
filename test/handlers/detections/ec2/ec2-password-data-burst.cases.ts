import { call, type Cases, refused, repeated } from "../support/cases";

const ask = call("ec2:GetPasswordData", { instanceId: "i-0a1b2c3d4e5f60718" }, { readOnly: true });
const instance = (index: number) => ({ requestParameters: { instanceId: `i-${index}` } });

export const cases: Cases = {
  hits: [
    {
      name: "one call",
      record: ask,
      evidence: "requestParameters.instanceId",
      resources: ["i-0a1b2c3d4e5f60718"],
    },
    { name: "refused", record: refused(ask, "Client.UnauthorizedOperation"), evidence: "errorCode" },
  ],
  quiet: [{ name: "another call", record: call("ec2:DescribeInstances", {}) }],
  everyCall: "each call counts",
  bursts: [
    {
      name: "five instances, refused",
      records: repeated(refused(ask, "Client.UnauthorizedOperation"), 5, 2, instance),
      findings: 1,
    },
    { name: "four instances", records: repeated(ask, 4, 2, instance), findings: 0 },
    {
      name: "one instance again and again until it has a password",
      records: repeated(ask, 30, 10),
      findings: 0,
    },
    {
      name: "five calls that do not name their instance",
      records: repeated({ ...ask, requestParameters: null }, 5, 2),
      findings: 1,
    },
  ],
};
