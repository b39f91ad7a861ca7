import { type Cases, call } from "../support/cases";

const hits = ["DisableImageBlockPublicAccess", "DisableSnapshotBlockPublicAccess"].map((name) => ({
  name,
  record: call(`ec2:${name}`, { [`${name}Request`]: "" }),
  evidence: "eventName",
}));

export const cases: Cases = {
  hits,
  quiet: [{ name: "switched on", record: call("ec2:EnableSnapshotBlockPublicAccess", null) }],
  everyCall: "disabling it is never harmless",
};
