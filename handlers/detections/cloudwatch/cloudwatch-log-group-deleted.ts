import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { matchesAny } from "../../pattern";
import { isAwsService } from "../readers/principal";
import { numberOf, parameterOf, textParameterOf } from "../../cloudtrail/parameters";

const id = "cloudwatch-log-group-deleted";

export const cloudwatchLogGroupDeleted: Detection = {
  id,
  title: "CloudWatch log group or stream deleted",
  severity: "medium",
  attack: { technique: "T1485" },
  tier: "core",
  noise: "changes",
  events: [
    "logs:DeleteLogGroup",
    "logs:DeleteLogStream",
    "logs:DeleteRetentionPolicy",
    "logs:PutRetentionPolicy",
  ],
  remediation: "alert",
  match(record, context) {
    const group = textParameterOf(record, "logGroupName");
    if (nameOf(record) === "PutRetentionPolicy") {
      const days = numberOf(parameterOf(record, "retentionInDays"));
      const isProtected = group !== undefined && matchesAny(context.protectedLogGroups, group);
      if (!isProtected || days === undefined || days >= (context.thresholds[id] ?? 90)) return undefined;
    } else if (isAwsService(record)) return undefined;
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.logGroupName",
        "requestParameters.logStreamName",
        "requestParameters.retentionInDays",
      ),
      resources: resourcesOf("AWS::Logs::LogGroup", group),
    };
  },
  runbook: [
    "Find out what was logged there (application, Lambda function, flow logs, trail) and whether a copy exists in S3 or with a subscriber.",
    "Compare with the actor's calls just before: logs are deleted because they show something.",
    "If the group is needed, have its owner recreate it with retention and subscriptions; its content is lost.",
  ],
  falsePositives: [
    "Stacks that are torn down by a person or by infrastructure as code.",
    "Tests that create a log group or stream for each run.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html",
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogStream.html",
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",
  ],
};
