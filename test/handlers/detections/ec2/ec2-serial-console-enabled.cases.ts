import { account, call, type Cases } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "a region",
      record: call("ec2:EnableSerialConsoleAccess", { EnableSerialConsoleAccessRequest: "" }),
      evidence: "awsRegion",
      resources: [`${account}/eu-west-1`],
    },
  ],
  quiet: [
    {
      name: "disabled",
      record: call("ec2:DisableSerialConsoleAccess", { DisableSerialConsoleAccessRequest: "" }),
    },
  ],
  everyCall: "it is enabled once for a region",
};
