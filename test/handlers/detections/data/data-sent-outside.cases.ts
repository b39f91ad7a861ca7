import { account, call, type Cases, otherAccount } from "../support/cases";

/** The calls that send something to a place in an account. */
const sends: Record<string, (account: string) => unknown> = {
  "config:PutAggregationAuthorization": (authorizedAccountId) => ({
    authorizedAccountId,
    authorizedAwsRegion: "eu-west-1",
  }),
  "config:PutDeliveryChannel": (owner) => ({
    deliveryChannel: {
      name: "default",
      s3BucketName: "config",
      snsTopicARN: `arn:aws:sns:eu-west-1:${owner}:config`,
    },
  }),
  "ec2:CreateFlowLogs": (owner) => ({
    CreateFlowLogsRequest: {
      ResourceId: { tag: 1, content: "vpc-1" },
      LogDestination: `arn:aws:firehose:eu-west-1:${owner}:deliverystream/flows`,
    },
  }),
  "events:PutTargets": (owner) => ({
    rule: "everything",
    targets: [{ id: "1", arn: `arn:aws:events:eu-west-1:${owner}:event-bus/default` }],
  }),
  "guardduty:CreatePublishingDestination": (owner) => ({
    detectorId: "d",
    destinationType: "S3",
    destinationProperties: {
      destinationArn: "arn:aws:s3:::findings",
      kmsKeyArn: `arn:aws:kms:eu-west-1:${owner}:key/1f2e`,
    },
  }),
  "lambda:PutFunctionEventInvokeConfig": (owner) => ({
    functionName: "orders",
    destinationConfig: { onSuccess: { destination: `arn:aws:sqs:eu-west-1:${owner}:copy` } },
  }),
  "logs:CreateDelivery": (owner) => ({
    deliverySourceName: "cdn",
    deliveryDestinationArn: `arn:aws:logs:eu-west-1:${owner}:delivery-destination:d`,
  }),
  "logs:PutAccountPolicy": (owner) => ({
    policyName: "all",
    policyType: "SUBSCRIPTION_FILTER_POLICY",
    policyDocument: JSON.stringify({
      DestinationArn: `arn:aws:logs:eu-west-1:${owner}:destination:all`,
      FilterPattern: "",
    }),
  }),
  "logs:PutSubscriptionFilter": (owner) => ({
    logGroupName: "/aws/lambda/orders",
    filterName: "copy",
    filterPattern: "",
    destinationArn: `arn:aws:logs:eu-west-1:${owner}:destination:all`,
  }),
  "s3:PutBucketInventoryConfiguration": (owner) => ({
    bucketName: "files",
    InventoryConfiguration: {
      Destination: { S3BucketDestination: { AccountId: owner, Bucket: "arn:aws:s3:::lists" } },
    },
  }),
  "s3:PutBucketNotification": (owner) => ({
    bucketName: "files",
    NotificationConfiguration: {
      QueueConfiguration: { Queue: `arn:aws:sqs:eu-west-1:${owner}:names`, Event: "s3:ObjectCreated:*" },
    },
  }),
  "sns:Subscribe": (owner) => ({
    topicArn: `arn:aws:sns:eu-west-1:${account}:orders`,
    protocol: "sqs",
    endpoint: `arn:aws:sqs:eu-west-1:${owner}:copy`,
  }),
  "wafv2:PutLoggingConfiguration": (owner) => ({
    loggingConfiguration: {
      resourceArn: `arn:aws:wafv2:eu-west-1:${account}:regional/webacl/w/1`,
      logDestinationConfigs: [`arn:aws:firehose:eu-west-1:${owner}:deliverystream/aws-waf-logs-x`],
    },
  }),
};

export const cases: Cases = {
  hits: [
    ...Object.entries(sends).map(([event, parameters]) => ({
      name: `${event} to another account`,
      record: call(event, parameters(otherAccount)),
    })),
    {
      name: "a log group",
      record: call("logs:PutSubscriptionFilter", {
        logGroupName: "/aws/lambda/orders",
        destinationArn: `arn:aws:lambda:eu-west-1:${otherAccount}:function:reader`,
      }),
      evidence: "requestParameters.destinationArn",
      resources: ["/aws/lambda/orders"],
    },
    {
      name: "parameters left out",
      record: call("events:PutTargets", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    ...Object.entries(sends).map(([event, parameters]) => ({
      name: `${event} within this account`,
      record: call(event, parameters(account)),
    })),
    ...Object.entries(sends).map(([event, parameters]) => ({
      name: `${event} to a trusted account`,
      record: call(event, parameters(otherAccount)),
      context: { trustedAccounts: [otherAccount] },
    })),
    {
      name: "an address that is kept out of the log",
      record: call("sns:Subscribe", {
        topicArn: `arn:aws:sns:eu-west-1:${account}:orders`,
        protocol: "email",
        endpoint: "HIDDEN_DUE_TO_SECURITY_REASONS",
      }),
    },
    {
      name: "data protection for all log groups",
      record: call("logs:PutAccountPolicy", {
        policyName: "mask",
        policyType: "DATA_PROTECTION_POLICY",
        policyDocument: '{"Name":"mask","Version":"2021-06-01","Statement":[]}',
      }),
    },
  ],
};
