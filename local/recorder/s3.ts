import { bucketOfHost, type Call } from "./calls";
import { type Exchange, headerOf } from "./request";
import { shapeOf } from "./service-models";
import { parseXml, scalarOf, xmlToJson } from "./xml";

/** Headers that are parameters of the protocol, not of the call. */
const transportHeaders =
  /^x-amz-(sdk-checksum-algorithm|checksum-.*|content-sha256|date|security-token|expected-bucket-owner)$/;

/** Query parameters that sign the request or only name the operation. */
const transportQuery = /^(x-id|X-Amz-.*|AWSAccessKeyId|Signature|Expires)$/i;

/**
 * `requestParameters` of S3, which has its own form: the bucket, the Host header, the subresource by its name in the URL
 * (`publicAccessBlock: ""`), S3's headers, and the body under the name of its root element. A bucket policy is an object.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-understanding-s3-entries.html
 *
 * @throws Error if the body is neither XML nor, for a policy, JSON
 */
export function s3Parameters(call: Call, exchange: Exchange): Record<string, unknown> {
  const { head, requestBody } = exchange;
  const parameters: Record<string, unknown> = {};
  const host = headerOf(head.headers, "host");
  const bucket = call.labels.Bucket ?? bucketOfHost(host);
  if (bucket !== undefined) parameters.bucketName = bucket;
  if (host !== undefined) parameters.Host = host;
  for (const [name, value] of head.query) {
    if (!transportQuery.test(name)) parameters[name] = value;
  }
  for (const [name, value] of headerParameters(call, exchange)) parameters[name] = value;
  if (!requestBody || requestBody.length === 0) return parameters;
  const text = requestBody.toString("utf8");
  if (call.operation.name === "PutBucketPolicy") parameters.bucketPolicy = JSON.parse(text);
  else {
    const root = parseXml(text);
    parameters[root.name] = xmlToJson(root);
  }
  return parameters;
}

function headerParameters({ model, operation }: Call, { head }: Exchange): [string, unknown][] {
  const members = operation.input ? Object.values(shapeOf(model, operation.input).members ?? {}) : [];
  return members.flatMap(({ location, locationName }): [string, unknown][] => {
    const name = locationName?.toLowerCase() ?? "";
    if (location !== "header" || !name.startsWith("x-amz-") || transportHeaders.test(name)) return [];
    const value = headerOf(head.headers, name);
    return value === undefined ? [] : [[name, scalarOf(value)]];
  });
}
