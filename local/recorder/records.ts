import { randomUUID } from "node:crypto";
import type { CloudTrailRecord, UserIdentity } from "../../handlers/cloudtrail/record";
import type { Call } from "./calls";
import { inputOf, type Members, outputOf } from "./decode";
import { ec2Elements, ec2Parameters } from "./ec2";
import { type CallError, errorOf, isDenied } from "./errors";
import { isReadOnly } from "./event-kinds";
import { eventNameOf } from "./event-names";
import { present, styleOf } from "./present";
import { type CredentialScope, type Exchange, headerOf } from "./request";
import { resourcesOf } from "./resources";
import { s3Parameters } from "./s3";
import type { ServiceModels } from "./service-models";
import { childOf, parseXml } from "./xml";

/** What a record needs besides the call itself. */
export interface RecordContext {
  models: ServiceModels;
  /** 12 digits. */
  account: string;
  /** The region of calls whose signature names none. */
  region: string;
  /** Called for a call whose request or answer does not match its service model; its record omits that part. */
  onUnreadable(error: Error): void;
}

/** Services that exist once per account, whose events are in one region whatever region the client signed for. */
const globalServices: Record<string, string> = {
  cloudfront: "us-east-1",
  globalaccelerator: "us-west-2",
  iam: "us-east-1",
  organizations: "us-east-1",
  route53: "us-east-1",
  route53domains: "us-east-1",
  shield: "us-east-1",
  support: "us-east-1",
  waf: "us-east-1",
};

/** Services whose events have no parameters if the call was denied. */
const silentWhenDenied = new Set(["iam", "kms", "sts"]);

/** Read calls whose answer is nevertheless in the event. */
const answersShown = /^AssumeRo|^Get(Session|Federation)Token$/;

/** Services whose events contain the content of the answer without its single outer name: `dBInstance`. */
const unwrappedAnswers = new Set(["docdb", "neptune", "rds"]);

/** CloudTrail omits longer values. Source: "requestParameters … 100 KB" in the record contents reference. */
const longestParameters = 100 * 1024;

/** The service name in a credential scope, if `eventSource` has another. */
const sources: Record<string, string> = { "s3-object-lambda": "s3", "s3-outposts": "s3" };

function nullWhenEmpty(fields: Members): Members | null {
  return Object.keys(fields).length === 0 ? null : fields;
}

function parametersOf(context: RecordContext, call: Call, exchange: Exchange): Members | null {
  const { service } = call.model.metadata;
  if (exchange.requestBody === undefined && exchange.requestBytes > 0) return tooLarge(exchange.requestBytes);
  if (service === "s3" || service === "s3control") return s3Parameters(call, exchange);
  if (service === "ec2") return nullWhenEmpty(ec2Parameters(context.models, call, exchange));
  const { input } = call.operation;
  if (!input) return null;
  const written = present(call.model, input, inputOf(call, exchange), styleOf(service)) as Members;
  return nullWhenEmpty(written);
}

function tooLarge(originalSize: number): Members {
  return { omitted: true, originalSize, reason: "requestParameters too large" };
}

function limited(parameters: Members | null): Members | null {
  const size = parameters === null ? 0 : Buffer.byteLength(JSON.stringify(parameters));
  return size > longestParameters ? tooLarge(size) : parameters;
}

/** A call that cannot be read is still a call: an attack must not escape the record by an odd body. */
function readable(
  context: RecordContext,
  call: Call,
  exchange: Exchange,
  part: string,
  read: () => Members | null,
): Members | null {
  try {
    return limited(read());
  } catch (cause) {
    const what = `${part} of ${call.model.metadata.service}:${call.operation.name}`;
    // If the service could not read it either, the model is not at fault.
    if (exchange.status < 400) {
      context.onUnreadable(new Error(`${what} cannot be read: ${(cause as Error).message}`, { cause }));
    }
    return null;
  }
}

function unwrapped(answer: Members): Members {
  const [inner, ...others] = Object.values(answer);
  const isOne = others.length === 0 && typeof inner === "object" && inner !== null && !Array.isArray(inner);
  return isOne ? (inner as Members) : answer;
}

function elementsOf(
  context: RecordContext,
  call: Call,
  exchange: Exchange,
  readOnly: boolean,
): Members | null {
  const { operation, model } = call;
  const { service } = model.metadata;
  if (exchange.status >= 400 || service === "s3" || service === "s3control") return null;
  if (readOnly && !(service === "sts" && answersShown.test(operation.name))) return null;
  if (service === "ec2")
    return exchange.responseBody ? ec2Elements(context.models, call, exchange.responseBody) : null;
  if (!operation.output) return null;
  const written = present(model, operation.output, outputOf(call, exchange), styleOf(service)) as Members;
  return nullWhenEmpty(unwrappedAnswers.has(service) ? unwrapped(written) : written);
}

function requestIdOf(call: Call, exchange: Exchange): string | undefined {
  const { responseBody, responseHeaders } = exchange;
  if (call.model.metadata.service === "s3") return headerOf(responseHeaders, "x-amz-request-id");
  if (responseBody && (call.protocol === "query" || call.protocol === "ec2")) {
    try {
      const root = parseXml(responseBody.toString("utf8"));
      const metadata = childOf(root, "ResponseMetadata") ?? root;
      const id = ["RequestId", "requestId", "RequestID"]
        .map((name) => childOf(metadata, name)?.text)
        .find(Boolean);
      if (id !== undefined) return id;
    } catch {
      // An answer that is no XML still has its header.
    }
  }
  return headerOf(responseHeaders, "x-amzn-requestid") ?? headerOf(responseHeaders, "x-amz-request-id");
}

/** The region of a call's event. */
function regionOf(context: RecordContext, call: Call, scope: CredentialScope): string {
  return globalServices[call.model.metadata.service] ?? scope.region ?? context.region;
}

/** Only S3 puts the client's name in brackets. */
function userAgentOf(call: Call, exchange: Exchange): string | undefined {
  const agent = headerOf(exchange.head.headers, "user-agent")?.slice(0, 1024);
  return agent !== undefined && call.model.metadata.service === "s3" ? `[${agent}]` : agent;
}

/**
 * Creates the record of an answered call.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 *
 * @returns undefined if the service does not know the caller: such calls are in no account's trail
 */
export function recordOf(
  context: RecordContext,
  call: Call,
  scope: CredentialScope,
  exchange: Exchange,
  userIdentity: UserIdentity,
): CloudTrailRecord | undefined {
  const error = errorOf(call, exchange);
  if (error === "unauthenticated") return undefined;
  const readOnly = isReadOnly(call);
  const { service } = call.model.metadata;
  const silent = error !== undefined && isDenied(error) && silentWhenDenied.has(service);
  const requestParameters = silent
    ? null
    : readable(context, call, exchange, "the request", () => parametersOf(context, call, exchange));
  const responseElements = readable(context, call, exchange, "the answer", () =>
    elementsOf(context, call, exchange, readOnly),
  );
  const resources = resourcesOf(context, call, scope, requestParameters, responseElements);
  const record: CloudTrailRecord = {
    eventVersion: "1.11",
    userIdentity,
    eventTime: `${exchange.at.toISOString().slice(0, 19)}Z`,
    eventSource: `${sources[scope.signingName] ?? scope.signingName}.amazonaws.com`,
    eventName: eventNameOf(call),
    awsRegion: regionOf(context, call, scope),
    sourceIPAddress: exchange.head.source,
    ...optional("userAgent", userAgentOf(call, exchange)),
    ...(error satisfies CallError | undefined),
    requestParameters,
    responseElements,
    ...optional("requestID", requestIdOf(call, exchange)),
    eventID: randomUUID(),
    readOnly,
    ...optional("resources", resources),
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: context.account,
    eventCategory: "Management",
  };
  return record;
}

function optional<Value>(name: string, value: Value | undefined): Record<string, Value> {
  return value === undefined ? {} : { [name]: value };
}
