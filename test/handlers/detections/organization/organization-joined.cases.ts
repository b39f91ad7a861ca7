import { type Cases, call } from "../support/cases";

const hits = [
  {
    name: "an invitation accepted",
    record: call("organizations:AcceptHandshake", { handshakeId: "h-0a1b2c3d" }),
    evidence: "requestParameters.handshakeId",
  },
  {
    name: "an organization of its own",
    record: call(
      "organizations:CreateOrganization",
      { featureSet: "ALL" },
      { responseElements: { organization: { id: "o-abcdefghij" } } },
    ),
    resources: ["o-abcdefghij"],
  },
  { name: "all features", record: call("organizations:EnableAllFeatures", null) },
];

export const cases: Cases = {
  hits,
  quiet: [
    {
      name: "an invitation declined",
      record: call("organizations:DeclineHandshake", { handshakeId: "h-0a1b2c3d" }),
    },
  ],
  everyCall: "whoever owns the organization owns the account",
};
