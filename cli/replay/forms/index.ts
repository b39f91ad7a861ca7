import { digest, insight, lake, logFile, lookupEvents, notification, record } from "./cloudtrail";
import { foreign } from "./foreign";
import type { Form } from "./form";
import {
  eventBridge,
  insights,
  kafka,
  kinesis,
  logEvent,
  logEvents,
  logsSubscription,
  s3Notification,
  s3Select,
  sns,
  sqs,
} from "./messages";
import { bulkAction, ecs, elastic, sentinel, shippers, splunk, splunkCollector, steampipe } from "./siem";
import { athenaResult, rows } from "./tables";

/**
 * The forms of JSON objects, in the order in which they are tried: those with the whole record as text come before those
 * with extracted fields.
 */
export const forms: Form[] = [
  digest,
  insight,
  s3Notification,
  notification,
  logFile,
  elastic,
  splunk,
  lake,
  lookupEvents,
  eventBridge,
  sentinel,
  steampipe,
  record,
  logsSubscription,
  logEvent,
  sns,
  sqs,
  kinesis,
  kafka,
  logEvents,
  insights,
  athenaResult,
  s3Select,
  rows,
  splunkCollector,
  bulkAction,
  ...shippers,
  ecs,
  foreign,
];
