import { call, type Cases } from "../support/cases";

export const cases: Cases = {
  hits: [
    { name: "the hub", record: call("securityhub:DisableSecurityHub", null), resources: ["eu-west-1"] },
    {
      name: "a standard",
      record: call("securityhub:BatchDisableStandards", {
        StandardsSubscriptionArns: [
          "arn:aws:securityhub:eu-west-1:111122223333:subscription/pci-dss/v/3.2.1",
        ],
      }),
      evidence: "requestParameters.StandardsSubscriptionArns",
    },
    {
      name: "the administrator account",
      record: call("securityhub:DisassociateFromAdministratorAccount", null),
    },
  ],
  quiet: [
    {
      name: "the hub enabled",
      record: call("securityhub:EnableSecurityHub", { EnableDefaultStandards: true }),
    },
  ],
  everyCall: "each of them silences Security Hub or parts of it",
};
