import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

const InstanceId = "i-0123456789abcdef0";

describe("ec2-image-exported", () => {
  const attack = (event: string, requestParameters: object, responseElements: object, live: unknown) =>
    plannedFor(
      "ec2-image-exported",
      `ec2:${event}`,
      { requestParameters, responseElements },
      { aws: { "ec2:DescribeExportTasks": live as never, "ec2:DescribeExportImageTasks": live as never } },
    );
  const instance = (live: unknown) =>
    attack(
      "CreateInstanceExportTask",
      {
        instanceId: InstanceId,
        targetEnvironment: "vmware",
        exportToS3: { diskImageFormat: "VMDK", containerFormat: "ova", s3Bucket: "loot", s3Prefix: "x/" },
      },
      { exportTask: { exportTaskId: "export-i-1", state: "active" } },
      live,
    );
  const image = (live: unknown) =>
    attack(
      "ExportImage",
      {
        ExportImageRequest: {
          ImageId: "ami-0123456789abcdef0",
          DiskImageFormat: "VMDK",
          S3ExportLocation: { S3Bucket: "loot", S3Prefix: "x/" },
          ClientToken: "t",
        },
      },
      { ExportImageResponse: { exportImageTaskId: "export-ami-1" } },
      live,
    );

  it("cancels the export of an instance while it runs, and would begin it again", async () => {
    expectPlan(
      await instance({ ExportTasks: [{ ExportTaskId: "export-i-1", State: "active" }] }),
      [["CancelExportTask", { ExportTaskId: "export-i-1" }]],
      [
        [
          "CreateInstanceExportTask",
          {
            InstanceId,
            TargetEnvironment: "vmware",
            ExportToS3Task: {
              ContainerFormat: "ova",
              DiskImageFormat: "VMDK",
              S3Bucket: "loot",
              S3Prefix: "x/",
            },
          },
        ],
      ],
    );
  });

  it("cancels the export of an image while it runs, and would begin it again", async () => {
    expectPlan(
      await image({ ExportImageTasks: [{ ExportImageTaskId: "export-ami-1", Status: "active" }] }),
      [["CancelExportTask", { ExportTaskId: "export-ami-1" }]],
      [
        [
          "ExportImage",
          {
            ImageId: "ami-0123456789abcdef0",
            DiskImageFormat: "VMDK",
            S3ExportLocation: { S3Bucket: "loot", S3Prefix: "x/" },
          },
        ],
      ],
    );
  });

  it("otherwise says what it finds", async () => {
    expectOutcome(await instance({ ExportTasks: [{ State: "completed" }] }), "refused");
    expectOutcome(await instance({ ExportTasks: [{ State: "cancelled" }] }), "already-ok");
    expectOutcome(await image({ ExportImageTasks: [{ Status: "completed" }] }), "refused");
    expectOutcome(await image(failing("InvalidExportImageTaskId.NotFound")), "already-ok");
    const stored = { CreateStoreImageTaskRequest: { ImageId: "ami-0123456789abcdef0", Bucket: "loot" } };
    expectOutcome(await attack("CreateStoreImageTask", stored, {}, {}), "refused");
  });
});
