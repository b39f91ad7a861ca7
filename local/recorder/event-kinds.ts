import type { Call } from "./calls";

/**
 * Calls that are not management events: CloudTrail writes them only for trails with data events, or not at all. So are S3's
 * object calls, which have a key in their path.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
 */
const otherThanManagement: Record<string, RegExp> = {
  cloudwatch: /^(PutMetricData|GetMetric(Data|Statistics|WidgetImage)|ListMetrics)$/,
  "cognito-identity": /^(GetId|GetCredentialsForIdentity|GetOpenIdToken)$/,
  dynamodb:
    /Item$|^(Query|Scan|TransactGetItems|TransactWriteItems|ExecuteStatement|BatchExecuteStatement|ExecuteTransaction)$|^Batch(Get|Write)Item$/,
  dynamodbstreams: /^Get(Records|ShardIterator)$/,
  events: /^PutEvents$/,
  firehose: /^PutRecord(Batch)?$/,
  kinesis: /^(PutRecords?|GetRecords|GetShardIterator|SubscribeToShard)$/,
  lambda: /^Invoke(Async|WithResponseStream)?$/,
  logs: /^(PutLogEvents|GetLogEvents|FilterLogEvents)$/,
  s3: /^(ListObjects(V2)?|ListObjectVersions|ListMultipartUploads|DeleteObjects|CreateSession|WriteGetObjectResponse)$/,
  sns: /^Publish(Batch)?$/,
  sqs: /^(Send|Receive|Delete)Message(Batch)?$|^ChangeMessageVisibility(Batch)?$/,
  stepfunctions: /^SendTask/,
  xray: /^Put(TraceSegments|TelemetryRecords)$/,
};

/** Whether CloudTrail records the call as a management event. */
export function isManagementEvent({ model, operation }: Call): boolean {
  const { service } = model.metadata;
  if (service === "s3" && /\{Key\+?\}/.test(operation.http.requestUri)) return false;
  return !otherThanManagement[service]?.test(operation.name);
}

const readingNames =
  /^(Batch(Describe|Get)|Check|Describe|Detect|Discover|Download|Estimate|Filter|Get|Head|List|Lookup|Preview|Query|Search|Select|Simulate|StartQuery$|Test|Validate|View)/;

/** Calls whose name suggests something else than their event. */
const readOnlyCalls: Record<string, RegExp> = {
  kms: /^(Decrypt|Encrypt|ReEncrypt|Sign|Verify|GenerateDataKey.*|GenerateMac|VerifyMac|GenerateRandom|DeriveSharedSecret)$/,
  sts: /^(AssumeRole.*|AssumeRoot|DecodeAuthorizationMessage)$/,
};

/** Whether it is a read call: `readOnly` of its event. */
export function isReadOnly({ model, operation }: Call): boolean {
  return (
    readingNames.test(operation.name) ||
    (readOnlyCalls[model.metadata.service]?.test(operation.name) ?? false)
  );
}
