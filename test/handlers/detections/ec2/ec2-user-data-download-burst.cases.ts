import { call, type Cases, refused, repeated } from "../support/cases";

const read = call(
  "ec2:DescribeInstanceAttribute",
  { attribute: "userData", instanceId: "i-0a1b2c3d4e5f60718" },
  { readOnly: true },
);
const instance = (index: number) => ({
  requestParameters: { attribute: "userData", instanceId: `i-${index}` },
});

export const cases: Cases = {
  hits: [
    {
      name: "one call",
      record: read,
      evidence: "requestParameters.attribute",
      resources: ["i-0a1b2c3d4e5f60718"],
    },
    { name: "refused", record: refused(read, "Client.UnauthorizedOperation"), evidence: "errorCode" },
  ],
  quiet: [
    {
      name: "another attribute",
      record: call("ec2:DescribeInstanceAttribute", {
        attribute: "disableApiTermination",
        instanceId: "i-0a",
      }),
    },
  ],
  bursts: [
    { name: "ten instances in twenty minutes", records: repeated(read, 10, 120, instance), findings: 1 },
    { name: "nine instances", records: repeated(read, 9, 1, instance), findings: 0 },
    { name: "one instance again and again", records: repeated(read, 30, 1), findings: 0 },
  ],
};
