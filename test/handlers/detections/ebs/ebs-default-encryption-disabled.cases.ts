import { call, type Cases } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "in a region",
      record: call("ec2:DisableEbsEncryptionByDefault", { DisableEbsEncryptionByDefaultRequest: "" }),
      resources: ["eu-west-1"],
    },
  ],
  quiet: [{ name: "switched on", record: call("ec2:EnableEbsEncryptionByDefault", null) }],
  everyCall: "it has one meaning only",
};
