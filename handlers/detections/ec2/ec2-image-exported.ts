import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const ec2ImageExported: Detection = {
  id: "ec2-image-exported",
  title: "Instance or image exported",
  severity: "high",
  attack: { technique: "T1537" },
  tier: "extended",
  noise: "rare",
  events: ["ec2:CreateInstanceExportTask", "ec2:CreateStoreImageTask", "ec2:ExportImage"],
  remediation: "inverse",
  match(record) {
    const at = (path: string) => valueAt(record, path);
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.instanceId",
        "requestParameters.exportToS3",
        "requestParameters.ExportImageRequest",
        "requestParameters.CreateStoreImageTaskRequest",
        "requestParameters.imageId",
        "responseElements.exportTask.exportTaskId",
        "responseElements.ExportImageResponse.exportImageTaskId",
        "responseElements.CreateStoreImageTaskResponse.objectKey",
      ),
      resources: [
        ...resourcesOf("AWS::EC2::Instance", at("requestParameters.instanceId")),
        ...resourcesOf(
          "AWS::EC2::Image",
          at("requestParameters.ExportImageRequest.ImageId"),
          at("requestParameters.CreateStoreImageTaskRequest.ImageId"),
          at("requestParameters.imageId"),
        ),
        ...resourcesOf(
          "AWS::EC2::ExportTask",
          at("responseElements.exportTask.exportTaskId"),
          at("responseElements.ExportImageResponse.exportImageTaskId"),
          at("responseElements.exportImageTaskId"),
        ),
        ...resourcesOf(
          "AWS::S3::Bucket",
          at("requestParameters.exportToS3.s3Bucket"),
          at("requestParameters.ExportImageRequest.S3ExportLocation.S3Bucket"),
          at("requestParameters.CreateStoreImageTaskRequest.Bucket"),
        ),
      ],
    };
  },
  runbook: [
    "Cancel the export task while it runs; then find out in whose account the bucket is and who can read it.",
    "Find out what is on the disk: keys, tokens, customer data; rotate the machine's secrets.",
    "Check the actor's other calls of that hour for snapshots and images shared with other accounts.",
  ],
  falsePositives: ["A migration back to a data center, or images archived in S3."],
  references: [
    "https://docs.aws.amazon.com/vm-import/latest/userguide/vmexport.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-store-restore.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelExportTask.html",
  ],
};
