import { fieldsOf, listOf, textOf } from "../../../handlers/json";
import { recordOf } from "./columns";
import { type Form, holder, holds, list, type Opened } from "./form";
import { lakeRow } from "./tables";

/** A record itself, under CloudTrail's names or as the columns of a table. */
export const record: Form = {
  name: "CloudTrail record",
  open(fields) {
    const found = recordOf(fields);
    if (found === undefined) return undefined;
    const isWhole = ["userIdentity", "requestParameters", "eventVersion", "serviceEventDetails"].some(
      (name) => name in found,
    );
    return isWhole
      ? { record: found }
      : { unusable: "an excerpt of a record, without userIdentity and requestParameters" };
  },
};

export const logFile: Form = list("CloudTrail log file", "Records");

export const digest: Form = {
  name: "CloudTrail digest file",
  open: ({ digestS3Bucket, digestEndTime }) =>
    digestS3Bucket !== undefined && digestEndTime !== undefined ? { passedOver: "digest file" } : undefined,
};

export const insight: Form = {
  name: "CloudTrail Insights event",
  open: ({ insightDetails, eventType }) =>
    insightDetails !== undefined && eventType === "AwsCloudTrailInsight"
      ? { passedOver: "Insights event" }
      : undefined,
};

/** Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/configure-sns-notifications-for-cloudtrail.html */
export const notification: Form = {
  name: "CloudTrail notification",
  open({ s3Bucket, s3ObjectKey }) {
    const bucket = textOf(s3Bucket);
    if (bucket === undefined || s3ObjectKey === undefined) return undefined;
    return { objects: listOf(s3ObjectKey).map((key) => ({ bucket, key: String(key) })) };
  },
};

export const lookupEvents: Form = {
  name: "LookupEvents",
  open(fields) {
    if (Array.isArray(fields.Events)) return { inside: fields.Events as unknown[] };
    if (holds(fields.CloudTrailEvent)) return { inside: [fields.CloudTrailEvent] };
    return "EventId" in fields && "EventName" in fields && "Username" in fields
      ? { unusable: "a LookupEvents event without its CloudTrailEvent, which is the record" }
      : undefined;
  },
};

export const lake: Form = {
  name: "CloudTrail Lake",
  open(fields) {
    if (Array.isArray(fields.QueryResultRows))
      return { inside: fields.QueryResultRows.map((row) => lakeRow(listOf(row).map(fieldsOf))) };
    return holder("", "eventJson", "eventjson", "eventData", "eventdata").open(fields);
  },
};

/** What CloudTrail and S3 send to test a topic or bucket. */
export function trialMessageOf(text: string): Opened | undefined {
  return text === "CloudTrail validation message." || text === "Permission Check Successful"
    ? { passedOver: "test message" }
    : undefined;
}
