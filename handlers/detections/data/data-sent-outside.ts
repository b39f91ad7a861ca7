import { type CloudTrailRecord, eventOf } from "../../cloudtrail/record";
import { textsOf } from "../../cloudtrail/parameters";
import type { DetectionContext } from "../../settings";
import type { Detection, Evidence } from "../detection";
import { named } from "../readers/by-hand";
import { documentOf } from "../readers/policy";
import { accountIn, isForeign } from "../readers/principal";
import { uninspected } from "../readers/uninspected";
import { valuesNamed } from "../readers/values-named";

/** By call: the parameters, in lower case, that name where data goes. */
const destinations: Record<string, readonly string[]> = {
  "config:PutAggregationAuthorization": ["authorizedaccountid"],
  "config:PutDeliveryChannel": ["snstopicarn"],
  "ec2:CreateFlowLogs": ["logdestination"],
  "events:PutTargets": ["arn"],
  "guardduty:CreatePublishingDestination": ["destinationarn", "kmskeyarn"],
  "lambda:PutFunctionEventInvokeConfig": ["destination"],
  "logs:CreateDelivery": ["deliverydestinationarn"],
  "logs:PutAccountPolicy": ["policydocument"],
  "logs:PutSubscriptionFilter": ["destinationarn"],
  "s3:PutBucketInventoryConfiguration": ["account", "accountid"],
  "s3:PutBucketNotification": ["queue", "topic", "cloudfunction", "queuearn", "topicarn"],
  "sns:Subscribe": ["endpoint"],
  "wafv2:PutLoggingConfiguration": ["logdestinationconfigs"],
};

export const dataSentOutside: Detection = {
  id: "data-sent-outside",
  title: "Logs or events sent to another account",
  severity: "medium",
  attack: { technique: "T1537" },
  tier: "extended",
  noise: "rare",
  events: Object.keys(destinations),
  remediation: "alert",
  match(record, context) {
    const evidence = outside(record, context);
    if (evidence.length === 0) return uninspected(record);
    return {
      evidence,
      resources: [
        ...named(record, "AWS::Events::Rule", "rule"),
        ...named(record, "AWS::Lambda::Function", "functionName"),
        ...named(record, "AWS::Logs::LogGroup", "logGroupName"),
        ...named(record, "AWS::S3::Bucket", "bucketName"),
        ...named(record, "AWS::SNS::Topic", "topicArn"),
      ],
    };
  },
  runbook: [
    "Ask the owner of the logs or events whether they know the account; delete the subscription, target or setting if not.",
    "Consider what was in them since then: tokens and personal data in logs, object names, who works when.",
    "If the account is your log archive or a vendor's, add it to `trustedAccounts`.",
  ],
  falsePositives: ["A central log account or a vendor that is not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html",
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutAccountPolicy.html",
    "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html",
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html",
    "https://docs.aws.amazon.com/config/latest/APIReference/API_PutAggregationAuthorization.html",
  ],
};

function outside(record: CloudTrailRecord, context: DetectionContext): Evidence[] {
  return valuesNamed(record, destinations[eventOf(record)] ?? []).flatMap(({ parameter, value }) => {
    // The policy of an account's logs is JSON in a text.
    const given = value.startsWith("{") ? textsOf(documentOf(value).DestinationArn) : [value];
    return given
      .filter((destination) => isForeign(accountIn(destination), context))
      .map((destination) => ({ parameter, value: destination, why: "is in another account" }));
  });
}
