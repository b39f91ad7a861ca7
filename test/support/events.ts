import { createSign } from "node:crypto";
import type { SNSEvent } from "aws-lambda";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { selfSigned } from "../../local/certificate";
import { account, aRecord, region } from "./factories";

export const eventsTopicArn = `arn:aws:sns:${region}:${account}:cloudtrailer-events-red`;
export const certificateUrl = `https://sns.${region}.amazonaws.com/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem`;

/** What signs in SNS's place, and somebody else's. */
export const sns = selfSigned("sns.amazonaws.com");
export const somebody = selfSigned("sns.amazonaws.com");

/** An event of EventBridge with a record. */
export function anEvent(record: CloudTrailRecord = aRecord(), own: Record<string, unknown> = {}): string {
  return JSON.stringify({
    version: "0",
    id: "8f9e0a1b-0000-4000-8000-000000000001",
    "detail-type": "AWS API Call via CloudTrail",
    source: "aws.iam",
    account,
    time: record.eventTime,
    region: record.awsRegion,
    resources: [],
    detail: record,
    ...own,
  });
}

/** What a function gets of a message, signed as SNS does. */
export function aSignedMessage(
  Message: string,
  own: Record<string, unknown> = {},
  { privateKey } = sns,
): Record<string, unknown> {
  const message: Record<string, unknown> = {
    Type: "Notification",
    MessageId: "95df01b4-ee98-5cb9-9903-4c221d41eb5e",
    TopicArn: eventsTopicArn,
    Subject: null,
    Message,
    Timestamp: "2026-05-04T10:00:01.123Z",
    SignatureVersion: "2",
    SigningCertUrl: certificateUrl,
    UnsubscribeUrl: `https://sns.${region}.amazonaws.com/?Action=Unsubscribe`,
    MessageAttributes: {},
    ...own,
  };
  const text = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
    .filter((name) => typeof message[name] === "string")
    .map((name) => `${name}\n${String(message[name])}\n`)
    .join("");
  return { Signature: createSign("sha256").update(text).sign(privateKey, "base64"), ...message };
}

/** What Lambda invokes a function with for a message of SNS. */
export function anSnsEvent(message: Record<string, unknown>): SNSEvent {
  const EventSubscriptionArn = `${String(message.TopicArn)}:0b6941c3-f04d-4d3e-a66d-b1df00e1e381`;
  return {
    Records: [{ EventVersion: "1.0", EventSource: "aws:sns", EventSubscriptionArn, Sns: message }],
  } as unknown as SNSEvent;
}
