import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "enabled",
    record: call("iam:EnableMFADevice", {
      userName: "bob",
      serialNumber: "arn:aws:iam::111122223333:mfa/phone",
    }),
    evidence: "requestParameters.serialNumber",
    resources: ["bob"],
  },
  {
    name: "created",
    record: call("iam:CreateVirtualMFADevice", { virtualMFADeviceName: "phone" }),
    severity: "low",
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "one's own",
      record: call("iam:EnableMFADevice", {
        userName: "alice",
        serialNumber: "arn:aws:iam::111122223333:mfa/alice",
      }),
    },
    {
      name: "one's own, created",
      record: call("iam:CreateVirtualMFADevice", { virtualMFADeviceName: "alice" }),
    },
  ],
};
