import { call, type Cases, repeated } from "../support/cases";

const push = call("ec2-instance-connect:SendSSHPublicKey", {
  instanceId: "i-0a1b2c3d4e5f60718",
  instanceOSUser: "ec2-user",
  sSHPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
});

export const cases: Cases = {
  hits: [
    {
      name: "one push",
      record: push,
      evidence: "requestParameters.instanceOSUser",
      resources: ["i-0a1b2c3d4e5f60718"],
      severity: "low",
    },
    {
      name: "the serial console",
      record: call("ec2-instance-connect:SendSerialConsoleSSHPublicKey", {
        instanceId: "i-0a1b2c3d4e5f60718",
        serialPort: 0,
      }),
      evidence: "requestParameters.serialPort",
      severity: "low",
    },
  ],
  quiet: [{ name: "another call", record: call("ec2:DescribeInstances", {}) }],
  everyCall: "each push is a login",
  bursts: [
    {
      name: "two instances",
      records: repeated(push, 2, 60, (index) => ({ requestParameters: { instanceId: `i-${index}` } })),
      findings: 1,
    },
    { name: "one instance again and again", records: repeated(push, 5, 60), findings: 0 },
  ],
};
