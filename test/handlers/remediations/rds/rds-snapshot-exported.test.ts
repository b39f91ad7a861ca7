import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";

describe("rds-snapshot-exported", () => {
  const task = {
    SourceArn: `arn:aws:rds:${region}:${account}:snapshot:nightly`,
    S3Bucket: "loot",
    S3Prefix: "",
    IamRoleArn: `arn:aws:iam::${account}:role/export`,
    KmsKeyId: `arn:aws:kms:${region}:${account}:key/1`,
    ExportOnly: [],
  };
  const attack = (live: unknown) =>
    plannedFor(
      "rds-snapshot-exported",
      "rds:StartExportTask",
      { requestParameters: { exportTaskIdentifier: "out", sourceArn: task.SourceArn, s3BucketName: "loot" } },
      { aws: { "rds:DescribeExportTasks": live as never } },
    );
  const tasks = (Status: string) => ({ ExportTasks: [{ ...task, ExportTaskIdentifier: "out", Status }] });

  for (const status of ["STARTING", "IN_PROGRESS"])
    it(`cancels it while it is ${status}, and would start it under another name`, async () => {
      const { SourceArn, S3Bucket: S3BucketName, IamRoleArn, KmsKeyId } = task;
      expectPlan(
        await attack(tasks(status)),
        [["CancelExportTask", { ExportTaskIdentifier: "out" }]],
        [
          [
            "StartExportTask",
            { ExportTaskIdentifier: "out-again", SourceArn, S3BucketName, IamRoleArn, KmsKeyId },
          ],
        ],
      );
    });

  it("otherwise says what it finds", async () => {
    expectOutcome(await attack(tasks("COMPLETE")), "refused");
    expectOutcome(await attack(tasks("CANCELED")), "already-ok");
    expectOutcome(await attack(failing("ExportTaskNotFoundFault")), "already-ok");
  });
});
