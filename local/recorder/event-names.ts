import type { Call } from "./calls";

/** S3's events that are not named after their operation. */
const s3Names: Record<string, string> = {
  DeletePublicAccessBlock: "DeleteBucketPublicAccessBlock",
  GetBucketAccelerateConfiguration: "GetAccelerateConfiguration",
  GetBucketLifecycleConfiguration: "GetBucketLifecycle",
  GetBucketNotificationConfiguration: "GetBucketNotification",
  GetObjectLockConfiguration: "GetBucketObjectLockConfiguration",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
  PutBucketAccelerateConfiguration: "PutAccelerateConfiguration",
  PutBucketLifecycleConfiguration: "PutBucketLifecycle",
  PutBucketNotificationConfiguration: "PutBucketNotification",
  PutObjectLockConfiguration: "PutBucketObjectLockConfiguration",
  PutPublicAccessBlock: "PutBucketPublicAccessBlock",
};

const s3ControlNames: Record<string, string> = {
  DeletePublicAccessBlock: "DeleteAccountPublicAccessBlock",
  GetPublicAccessBlock: "GetAccountPublicAccessBlock",
  PutPublicAccessBlock: "PutAccountPublicAccessBlock",
};

/** Second versions of Lambda operations; the event has the version after the date. */
const lambdaV2 = new Set([
  "AddPermission",
  "GetFunction",
  "GetFunctionConfiguration",
  "GetPolicy",
  "RemovePermission",
  "TagResource",
  "UntagResource",
  "UpdateFunctionCode",
  "UpdateFunctionConfiguration",
]);

/** The event names of Lambda operations newer than this have no date. */
const lastDatedLambdaApi = "2018-10-31";

function lambdaName(operation: string, requestUri: string): string {
  const date = requestUri.split("/")[1] ?? "";
  if (date > lastDatedLambdaApi) return operation;
  return `${operation}${date.replaceAll("-", "")}${lambdaV2.has(operation) ? "v2" : ""}`;
}

/**
 * `eventName` of a call.
 *
 * Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
 */
export function eventNameOf({ model, operation }: Call): string {
  const { service } = model.metadata;
  if (service === "s3") return s3Names[operation.name] ?? operation.name;
  if (service === "s3control") return s3ControlNames[operation.name] ?? operation.name;
  if (service === "lambda") return lambdaName(operation.name, operation.http.requestUri);
  return operation.name;
}
