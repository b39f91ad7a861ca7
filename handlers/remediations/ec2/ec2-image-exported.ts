import { type Call, type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf, given } from "../../json";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import { fieldOf, parameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, refused } from "../support/outcomes";

const gone = ["InvalidExportTaskID.NotFound", "InvalidExportImageTaskId.NotFound"];

/**
 * Cancels the export while it runs; EC2 removes what it has written. A task that stores an image in a bucket
 * (CreateStoreImageTask) cannot be canceled. The rollback starts the export from the beginning.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelExportTask.html
 */
export const fixEc2ImageExported: Remediation = {
  id: "ec2-image-exported",
  reads: ["ec2:DescribeExportTasks", "ec2:DescribeExportImageTasks"],
  writes: ["ec2:CancelExportTask"],
  async plan({ record, match, region }: Finding, aws: CallAws) {
    if (nameOf(record) === "CreateStoreImageTask")
      return refused("EC2 has no call to cancel storing an image");
    const id = match.resources.find(({ type }) => type === "AWS::EC2::ExportTask")?.id;
    if (id === undefined) return refused("the record does not contain the id of the export");
    const ofImage = nameOf(record) === "ExportImage";
    const call = callsTo("ec2", region);
    const answer = await unlessGone(
      aws(
        ofImage
          ? call("DescribeExportImageTasks", { ExportImageTaskIds: [id] })
          : call("DescribeExportTasks", { ExportTaskIds: [id] }),
      ),
      gone,
    );
    const [live] = listOf(ofImage ? answer?.ExportImageTasks : answer?.ExportTasks).map(fieldsOf);
    const state = plainTextOf(ofImage ? live?.Status : live?.State);
    if (state === "completed") return refused(`the export ${id} is completed: the image is in the bucket`);
    if (state !== "active") return alreadyOk(`the export ${id} is not running`);
    return {
      summary: `Cancel the export ${id}`,
      calls: [{ ...call("CancelExportTask", { ExportTaskId: id }), doneWhen: gone }],
      rollback: [again(record, region, ofImage)],
    };
  },
};

/** The call in the record. */
function again(record: CloudTrailRecord, region: string, ofImage: boolean): Call {
  const of = (name: string) => parameterOf(record, name);
  const call = callsTo("ec2", region);
  if (ofImage) {
    const location = of("s3ExportLocation");
    return call(
      "ExportImage",
      given({
        ImageId: of("imageId"),
        DiskImageFormat: of("diskImageFormat"),
        S3ExportLocation: given({
          S3Bucket: fieldOf(location, "s3Bucket"),
          S3Prefix: fieldOf(location, "s3Prefix"),
        }),
        RoleName: of("roleName"),
        Description: of("description"),
      }),
    );
  }
  const target = of("exportToS3");
  return call(
    "CreateInstanceExportTask",
    given({
      InstanceId: of("instanceId"),
      TargetEnvironment: of("targetEnvironment"),
      ExportToS3Task: given({
        ContainerFormat: fieldOf(target, "containerFormat"),
        DiskImageFormat: fieldOf(target, "diskImageFormat"),
        S3Bucket: fieldOf(target, "s3Bucket"),
        S3Prefix: fieldOf(target, "s3Prefix"),
      }),
      Description: of("description"),
    }),
  );
}
