import { call, type Cases } from "../support/cases";

const update = (parameters: unknown) => call("iam:UpdateAccountPasswordPolicy", parameters);

export const cases: Cases = {
  hits: [
    { name: "deleted", record: call("iam:DeleteAccountPasswordPolicy", null) },
    {
      name: "six characters",
      record: update({ minimumPasswordLength: 6 }),
      evidence: "requestParameters.minimumPasswordLength",
    },
    { name: "the length left out, which makes it six", record: update({ requireSymbols: true }) },
    {
      name: "under the floor of the configuration",
      record: update({ minimumPasswordLength: 12 }),
      context: { thresholds: { "iam-password-policy-weakened": 14 } },
    },
  ],
  quiet: [
    { name: "fourteen characters", record: update({ minimumPasswordLength: 14, requireSymbols: true }) },
  ],
  everyCall: "the deletion has one meaning only",
};
