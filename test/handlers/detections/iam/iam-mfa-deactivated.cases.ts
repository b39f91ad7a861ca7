import { call, type Cases, root } from "../support/cases";

const serialNumber = "arn:aws:iam::111122223333:mfa/bob";
const rootDevice = "arn:aws:iam::111122223333:mfa/root-account-mfa-device";

export const cases: Cases = {
  hits: [
    {
      name: "a user's",
      record: call("iam:DeactivateMFADevice", { userName: "bob", serialNumber }),
      resources: ["bob"],
    },
    {
      name: "a device deleted",
      record: call("iam:DeleteVirtualMFADevice", { serialNumber }),
      resources: [serialNumber],
    },
    {
      name: "root's, by its device",
      record: call("iam:DeleteVirtualMFADevice", { serialNumber: rootDevice }),
      severity: "critical",
    },
    {
      name: "root's, by root",
      record: call("iam:DeactivateMFADevice", null, { userIdentity: root() }),
      severity: "critical",
    },
  ],
  quiet: [
    { name: "a device enabled", record: call("iam:EnableMFADevice", { userName: "bob", serialNumber }) },
  ],
  everyCall: "a device is gone, whoever requested it",
};
