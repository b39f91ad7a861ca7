import { call, type Cases } from "../support/cases";

function put(configuration: unknown) {
  return call("s3:PutBucketVersioning", {
    bucketName: "payroll",
    versioning: "",
    VersioningConfiguration: configuration,
  });
}

export const cases: Cases = {
  hits: [
    {
      name: "suspended",
      record: put({ xmlns: "http://s3.amazonaws.com/doc/2006-03-01/", Status: "Suspended" }),
      evidence: "requestParameters.VersioningConfiguration.Status",
      resources: ["payroll"],
    },
    {
      name: "parameters omitted",
      record: call("s3:PutBucketVersioning", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "enabled", record: put({ Status: "Enabled" }) },
    { name: "no parameters", record: call("s3:PutBucketVersioning", null) },
  ],
};
