import { call, type Cases } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "an instance",
      record: call(
        "ec2:CreateInstanceExportTask",
        {
          instanceId: "i-0a1b2c3d4e5f60718",
          targetEnvironment: "vmware",
          exportToS3: { s3Bucket: "exports", diskImageFormat: "VMDK" },
        },
        { responseElements: { exportTask: { exportTaskId: "export-i-0a1b2c3d", state: "active" } } },
      ),
      evidence: "responseElements.exportTask.exportTaskId",
      resources: ["i-0a1b2c3d4e5f60718", "export-i-0a1b2c3d", "exports"],
    },
    {
      name: "an image",
      record: call(
        "ec2:ExportImage",
        { ExportImageRequest: { ImageId: "ami-0a1b2c3d", S3ExportLocation: { S3Bucket: "exports" } } },
        { responseElements: { ExportImageResponse: { exportImageTaskId: "export-ami-0a1b2c3d" } } },
      ),
      resources: ["ami-0a1b2c3d", "export-ami-0a1b2c3d", "exports"],
    },
    {
      name: "an image stored in a bucket",
      record: call("ec2:CreateStoreImageTask", {
        CreateStoreImageTaskRequest: { ImageId: "ami-0a1b2c3d", Bucket: "exports" },
      }),
      resources: ["ami-0a1b2c3d", "exports"],
    },
  ],
  quiet: [
    {
      name: "an export cancelled",
      record: call("ec2:CancelExportTask", { exportTaskId: "export-i-0a1b2c3d" }),
    },
  ],
  everyCall: "each export copies a whole disk out",
};
