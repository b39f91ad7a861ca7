import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const cloudwatchLogExportDeleted: Detection = {
  id: "cloudwatch-log-export-deleted",
  title: "Log filter, subscription or destination deleted",
  severity: "medium",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "extended",
  noise: "work",
  events: [
    "firehose:DeleteDeliveryStream",
    "logs:DeleteAccountPolicy",
    "logs:DeleteDelivery",
    "logs:DeleteDeliveryDestination",
    "logs:DeleteDeliverySource",
    "logs:DeleteDestination",
    "logs:DeleteLogAnomalyDetector",
    "logs:DeleteMetricFilter",
    "logs:DeleteSubscriptionFilter",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      [
        "logGroupName",
        "filterName",
        "destinationName",
        "policyName",
        "policyType",
        "id",
        "name",
        "deliveryStreamName",
        "anomalyDetectorArn",
      ],
      [
        ...named(record, "AWS::Logs::LogGroup", "logGroupName"),
        ...named(record, "AWS::Logs::Destination", "destinationName"),
        ...named(record, "AWS::KinesisFirehose::DeliveryStream", "deliveryStreamName"),
      ],
    ),
  runbook: [
    "Find out what read the logs through it: an alarm, a SIEM, a search. It is blind now.",
    "Recreate the filter or destination from its template, unless its owner gave it up.",
    "Look at what the same actor did next.",
  ],
  falsePositives: ["A stack that is torn down by hand, and a filter that is recreated under another name."],
  references: [
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteSubscriptionFilter.html",
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteMetricFilter.html",
  ],
};
