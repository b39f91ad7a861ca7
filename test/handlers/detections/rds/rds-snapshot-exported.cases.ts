import { account, call, type Cases } from "../support/cases";

const sourceArn = `arn:aws:rds:eu-west-1:${account}:snapshot:orders-final`;

export const cases: Cases = {
  hits: [
    {
      name: "an export",
      record: call("rds:StartExportTask", {
        exportTaskIdentifier: "export-1",
        sourceArn,
        s3BucketName: "exports",
        iamRoleArn: `arn:aws:iam::${account}:role/export`,
        kmsKeyId: "1f2e3d4c-aaaa-bbbb-cccc-0123456789ab",
      }),
      evidence: "requestParameters.exportTaskIdentifier",
      resources: [sourceArn, "exports"],
    },
  ],
  quiet: [
    {
      name: "an export cancelled",
      record: call("rds:CancelExportTask", { exportTaskIdentifier: "export-1" }),
    },
  ],
  everyCall: "each export copies a whole database out",
};
