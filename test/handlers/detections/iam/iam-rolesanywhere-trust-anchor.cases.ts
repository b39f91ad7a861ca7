import { call, type Cases } from "../support/cases";

const anchor = (sourceType: string) =>
  call("rolesanywhere:CreateTrustAnchor", {
    name: "servers",
    enabled: true,
    source: { sourceType, sourceData: {} },
  });

export const cases: Cases = {
  hits: [
    {
      name: "another certificate",
      record: call("rolesanywhere:UpdateTrustAnchor", {
        trustAnchorId: "a-1",
        source: { sourceType: "CERTIFICATE_BUNDLE", sourceData: {} },
      }),
      resources: ["a-1"],
    },
    {
      name: "other roles",
      record: call("rolesanywhere:UpdateProfile", {
        profileId: "p-1",
        roleArns: ["arn:aws:iam::111122223333:role/r"],
      }),
      evidence: "requestParameters.roleArns",
      resources: ["p-1"],
    },
    {
      name: "a certificate brought along",
      record: anchor("CERTIFICATE_BUNDLE"),
      evidence: "requestParameters.source.sourceType",
    },
    {
      name: "a profile",
      record: call("rolesanywhere:CreateProfile", {
        name: "p",
        roleArns: ["arn:aws:iam::111122223333:role/r"],
      }),
    },
  ],
  quiet: [
    {
      name: "an anchor renamed",
      record: call("rolesanywhere:UpdateTrustAnchor", { trustAnchorId: "a-1", name: "machines" }),
    },
    {
      name: "a profile with shorter sessions",
      record: call("rolesanywhere:UpdateProfile", { profileId: "p-1", durationSeconds: 900 }),
    },
    { name: "a private authority in AWS", record: anchor("AWS_ACM_PCA") },
    {
      name: "a profile of another service",
      record: call("transfer:CreateProfile", { profileType: "LOCAL" }),
    },
  ],
  everyCall: "a profile has no harmless kind",
};
