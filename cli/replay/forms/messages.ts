import { fieldsOf, listOf, textOf } from "../../../handlers/json";
import { type Form, holds, list } from "./form";

/** An event, or an entry of PutEvents. */
export const eventBridge: Form = {
  name: "EventBridge event",
  open(fields) {
    const kind = textOf(fields["detail-type"]) ?? textOf(fields.DetailType);
    const detail = fields.detail ?? fields.Detail;
    if (kind === undefined || !holds(detail)) return undefined;
    const isOurs = /CloudTrail/.test(kind) || "eventName" in fieldsOf(detail) || typeof detail === "string";
    return isOurs
      ? { inside: [detail] }
      : { passedOver: `EventBridge event ${JSON.stringify(kind.slice(0, 60))}` };
  },
};

/** An SNS envelope: over HTTPS, in a queue, or in a Lambda event. */
export const sns: Form = {
  name: "SNS message",
  open(fields) {
    const { Message } = fieldsOf(fields.Sns ?? fields);
    const isEnvelope =
      fields.Sns !== undefined || textOf(fields.TopicArn) !== undefined || fields.Type === "Notification";
    return isEnvelope && typeof Message === "string" ? { inside: [Message] } : undefined;
  },
};

/** An SQS message, in a Lambda event or in the answer of ReceiveMessage. */
export const sqs: Form = {
  name: "SQS message",
  open(fields) {
    if (Array.isArray(fields.Messages)) return { inside: fields.Messages as unknown[] };
    const body = textOf(fields.body) ?? textOf(fields.Body);
    return body === undefined ? undefined : { inside: [body] };
  },
};

/** Kinesis, Firehose and Kafka contain the record as base64, in Lambda events and in answers of GetRecords. */
export const kinesis: Form = {
  name: "Kinesis, Firehose or Kafka record",
  open(fields) {
    const data = fieldsOf(fields.kinesis).data ?? fields.Data ?? fields.data;
    const isStream = ["recordId", "SequenceNumber", "kinesis"].some((name) => name in fields);
    if (isStream && typeof data === "string") return { inside: [data] };
    const { records } = fields;
    if (Array.isArray(records)) return { inside: records as unknown[] };
    if (fields.eventSource !== "aws:kafka" && fields.eventSource !== "SelfManagedKafka") return undefined;
    return { inside: Object.values(fieldsOf(records)).flatMap(listOf) };
  },
};

export const kafka: Form = {
  name: "Kafka message",
  open: ({ topic, value }) =>
    topic !== undefined && typeof value === "string" ? { inside: [value] } : undefined,
};

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
export const s3Notification: Form = {
  name: "S3 notification",
  open(fields) {
    if (fields.Service === "Amazon S3" && fields.Event === "s3:TestEvent")
      return { passedOver: "test message" };
    const { bucket, object } = fieldsOf(fields.s3 ?? fieldsOf(fields.detail));
    const name = textOf(fieldsOf(bucket).name);
    const key = textOf(fieldsOf(object).key);
    if (name === undefined || key === undefined) return undefined;
    // S3 writes keys form-encoded in its own events, and as they are in EventBridge events.
    return { objects: [{ bucket: name, key: fields.s3 === undefined ? key : formDecoded(key) }] };
  },
};

function formDecoded(key: string): string {
  try {
    return decodeURIComponent(key.replace(/\+/g, " "));
  } catch {
    return key; // then there is no such object, which is reported
  }
}

/** The payload of a subscription, as a function gets it, or inflated. */
export const logsSubscription: Form = {
  name: "CloudWatch Logs subscription",
  open(fields) {
    const data = textOf(fieldsOf(fields.awslogs).data);
    if (data !== undefined) return { inside: [data] };
    if (fields.messageType === "CONTROL_MESSAGE") return { passedOver: "test message" };
    return list("", "logEvents").open(fields);
  },
};

/** An event from GetLogEvents, FilterLogEvents, a subscription, or Insights. */
export const logEvent: Form = {
  name: "CloudWatch Logs event",
  open(fields) {
    const message = fields.message ?? fields["@message"];
    const isLogEvent =
      "@message" in fields ||
      (typeof message === "string" && ("timestamp" in fields || "ingestionTime" in fields));
    return isLogEvent && (typeof message === "string" || holds(message)) ? { inside: [message] } : undefined;
  },
};

export const logEvents: Form = list("GetLogEvents, FilterLogEvents", "events");

/** The answer of GetQueryResults. */
export const insights: Form = list("CloudWatch Logs Insights", "results");

/** A row of S3 Select that is a whole list, or has no name. */
export const s3Select: Form = {
  name: "S3 Select",
  open: ({ _1, ...others }) =>
    holds(_1) && Object.keys(others).every((name) => /^_\d+$/.test(name)) ? { inside: [_1] } : undefined,
};
