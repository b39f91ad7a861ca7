import { call, type Cases, role } from "../support/cases";

const ask = (parameters: unknown) => call("sts:GetSessionToken", parameters, { readOnly: true });

export const cases: Cases = {
  hits: [
    {
      name: "without MFA",
      record: ask({ durationSeconds: 3600 }),
      resources: ["arn:aws:iam::111122223333:user/alice"],
    },
    { name: "without parameters", record: ask(null) },
  ],
  quiet: [
    { name: "with MFA", record: ask({ serialNumber: "arn:aws:iam::111122223333:mfa/alice" }) },
    { name: "by a role", record: { ...ask(null), userIdentity: role("r") } },
  ],
};
