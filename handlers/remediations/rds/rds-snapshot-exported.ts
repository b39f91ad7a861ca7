import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf, given } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, refused, requested } from "../support/outcomes";

const running = ["STARTING", "IN_PROGRESS"];
const over = ["CANCELING", "CANCELED", "FAILED"];

/**
 * Cancels the export while it runs. What it has written stays in the bucket. The rollback starts it from the beginning, under
 * another name, because RDS keeps the names of canceled exports.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CancelExportTask.html
 */
export const fixRdsSnapshotExported: Remediation = {
  id: "rds-snapshot-exported",
  reads: ["rds:DescribeExportTasks"],
  writes: ["rds:CancelExportTask"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["exportTaskIdentifier"]);
    if ("outcome" in asked) return asked;
    const ExportTaskIdentifier = asked.values.exportTaskIdentifier;
    const call = callsTo("rds", finding.region);
    const gone = ["ExportTaskNotFoundFault", "ExportTaskNotFound"];
    const answer = await unlessGone(aws(call("DescribeExportTasks", { ExportTaskIdentifier })), gone);
    const [live] = listOf(answer?.ExportTasks).map(fieldsOf);
    const status = plainTextOf(live?.Status);
    if (live === undefined || over.includes(status))
      return alreadyOk(`the export ${ExportTaskIdentifier} is not running`);
    if (!running.includes(status))
      return refused(`the export ${ExportTaskIdentifier} is ${status}: the data is in the bucket`);
    return {
      summary: `Cancel the export ${ExportTaskIdentifier}`,
      calls: [
        {
          ...call("CancelExportTask", { ExportTaskIdentifier }),
          doneWhen: [...gone, "InvalidExportTaskStateFault"],
        },
      ],
      rollback: [
        call(
          "StartExportTask",
          given({
            ExportTaskIdentifier: `${ExportTaskIdentifier}-again`,
            SourceArn: live.SourceArn,
            S3BucketName: live.S3Bucket,
            S3Prefix: live.S3Prefix || undefined,
            IamRoleArn: live.IamRoleArn,
            KmsKeyId: live.KmsKeyId,
            ExportOnly: listOf(live.ExportOnly).length > 0 ? live.ExportOnly : undefined,
          }),
        ),
      ],
    };
  },
};
