import { call, type Cases, root } from "../support/cases";

function put(configuration: unknown, fields = {}) {
  return call(
    "s3:PutBucketVersioning",
    { bucketName: "payroll", versioning: "", VersioningConfiguration: configuration },
    fields,
  );
}

export const cases: Cases = {
  hits: [
    {
      name: "by root",
      record: put({ Status: "Enabled", MfaDelete: "Disabled" }, { userIdentity: root() }),
      evidence: "requestParameters.VersioningConfiguration.MfaDelete",
      resources: ["payroll"],
    },
    {
      name: "by a user, who cannot have changed anything",
      record: put({ Status: "Enabled", MfaDelete: "Disabled" }),
      severity: "low",
    },
  ],
  quiet: [
    { name: "not mentioned", record: put({ Status: "Suspended" }) },
    { name: "enabled", record: put({ Status: "Enabled", MfaDelete: "Enabled" }, { userIdentity: root() }) },
  ],
};
