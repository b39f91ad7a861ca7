import { watchSeparator } from "../handlers/part-names";
import { metricNames, metricsNamespace } from "../handlers/log";
import type { Names } from "./names";

/** An alarm of the second path. */
export interface WatchAlarm {
  /** The end of the alarm's name. */
  id: string;
  /** What it means and what to do, for a person who is woken by it. */
  description: string;
  namespace: string;
  metric: string;
  dimensions: Record<string, string>;
  statistic: "Sum" | "Maximum";
  /** How the statistic compares with `threshold`. */
  goesOff: "atLeast" | "below";
  threshold: number;
  /** Seconds. */
  period: number;
  /** Number of consecutive periods. */
  periods: number;
  /** Whether missing data counts as a breach. */
  isSilenceBad: boolean;
}

/** What the alarms depend on. */
export interface WatchAlarmArgs {
  team: string;
  names: Names;
  silenceHours: number;
  /** Whether EventBridge sends records. */
  isFast: boolean;
  /** Whether anybody is behind the findings bus. */
  hasChannels: boolean;
}

const quarter = 900;
const hour = 3_600;
const atOnce = { statistic: "Sum", goesOff: "atLeast", threshold: 1, period: 300, periods: 1 } as const;

/** The name of an alarm: `cloudtrailer-watch-red.silence`. A text message shows nothing else of it. */
export function watchAlarmOf(watch: string, { id }: Pick<WatchAlarm, "id">): string {
  return `${watch}${watchSeparator}${id}`;
}

/**
 * Alarms for whatever would keep a finding from people: on metrics that AWS keeps anyway, and on two of the function's.
 *
 * Sources: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html,
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html,
 * https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
 */
export function watchAlarms({
  team,
  names,
  silenceHours,
  isFast,
  hasChannels,
}: WatchAlarmArgs): WatchAlarm[] {
  const ofFunction = { namespace: "AWS/Lambda", dimensions: { FunctionName: names.function } };
  const ofTopic = (TopicName: string) => ({ namespace: "AWS/SNS", dimensions: { TopicName } });
  const own = { namespace: metricsNamespace, dimensions: { team } };
  const log = `its log group /aws/lambda/${names.function}`;
  return [
    {
      id: "errors",
      // Lambda tries a notification three times: a permanent failure makes three errors.
      ...{ ...ofFunction, metric: "Errors", ...atOnce, threshold: 3, period: quarter, isSilenceBad: false },
      description: `The function ${names.function} keeps failing: findings are late, and will be lost if this goes on. Read ${log} for the error; once it is fixed, run npx cloudtrailer redrive.`,
    },
    {
      id: "throttles",
      ...{ ...ofFunction, metric: "Throttles", ...atOnce, periods: 3, isSilenceBad: false },
      description: `Lambda has throttled the function ${names.function} for 15 minutes: findings are late. Its reserved concurrency, or the account's, is used up: find out who changed it, or raise it.`,
    },
    {
      id: "late",
      ...{ ...ofFunction, metric: "AsyncEventAge", isSilenceBad: false },
      ...{ statistic: "Maximum", goesOff: "atLeast", threshold: quarter * 1_000, period: 300, periods: 1 },
      description: `Notifications have waited for the function ${names.function} for more than 15 minutes: findings are late. Check its errors and throttles.`,
    },
    {
      id: "failed",
      ...{
        namespace: "AWS/SQS",
        dimensions: { QueueName: names.failureQueue },
        metric: "ApproximateNumberOfMessagesVisible",
        isSilenceBad: false,
      },
      ...{ ...atOnce, statistic: "Maximum" },
      description: `Notifications have failed for good, and are kept in the queue ${names.failureQueue} for 14 days: nothing in their log files is detected. Read ${log}, fix the cause, and run npx cloudtrailer redrive.`,
    },
    {
      id: "undelivered",
      ...{ ...ofFunction, metric: "DestinationDeliveryFailures", ...atOnce, isSilenceBad: false },
      description: `A failed notification could not be put into the queue ${names.failureQueue} and is lost. Run pulumi up --refresh, then npx cloudtrailer replay over the log files of the last hours.`,
    },
    // The metrics of a topic are in its own account and region.
    ...(names.logTopic.startsWith("arn:") ? [] : [unnotified(names)]),
    ...(isFast ? [unsent(names)] : []),
    {
      id: "unheard",
      ...{
        ...ofTopic(names.alertTopic),
        metric: "NumberOfNotificationsFailed",
        ...atOnce,
        isSilenceBad: false,
      },
      description: `Alerts of the topic ${names.alertTopic} do not reach a subscriber. npx cloudtrailer findings --since 24h lists what was found meanwhile. Check each subscriber's address, its queue's policy or its function's permission.`,
    },
    ...(hasChannels ? [unposted(names)] : []),
    {
      id: "silence",
      ...{ ...own, metric: metricNames.logFiles, isSilenceBad: true },
      ...{ statistic: "Sum", goesOff: "below", threshold: 1, period: hour, periods: silenceHours },
      description: `The function ${names.function} has read no new log file for ${silenceHours} hours: nothing is detected. Is the trail ${names.trail} logging, does its bucket let it write, is the function subscribed to ${names.logTopic}? Run pulumi up --refresh, then npx cloudtrailer replay over the log files since.`,
    },
    {
      id: "unsound",
      ...{ ...own, metric: metricNames.selfChecks, isSilenceBad: true },
      ...{ statistic: "Sum", goesOff: "below", threshold: 1, period: hour, periods: silenceHours },
      description: `No self-check of the function ${names.function} has found everything as deployed for ${silenceHours} hours: a part was changed or could not be read, or the check does not run. The self-check entries in ${log} say what differs. Run pulumi up --refresh.`,
    },
  ];
}

/** EventBridge's records do not reach the function. */
function unsent(names: Names): WatchAlarm {
  return {
    id: "unsent",
    namespace: "AWS/SNS",
    dimensions: { TopicName: names.events },
    metric: "NumberOfNotificationsFailed",
    ...atOnce,
    isSilenceBad: false,
    description: `EventBridge's records do not reach the function ${names.function}: fixes come minutes later, when log files do. The function, or its permission for the topic ${names.events}, is gone: run pulumi up --refresh.`,
  };
}

/** Findings do not reach a chat room, ticket system, pager or web service. */
function unposted(names: Names): WatchAlarm {
  return {
    id: "unposted",
    namespace: "AWS/SQS",
    dimensions: { QueueName: names.findingsBus },
    metric: "ApproximateNumberOfMessagesVisible",
    ...atOnce,
    statistic: "Maximum",
    isSilenceBad: false,
    description: `Findings could not be delivered to a subscriber behind the bus ${names.findingsBus}, and are kept in the queue of the same name for 14 days. Attributes of each message say which rule and what the receiver answered: fix the token or the address, run npx cloudtrailer alert --test, then purge the queue.`,
  };
}

/** CloudTrail's notifications do not reach the function. */
function unnotified(names: Names): WatchAlarm {
  return {
    id: "unnotified",
    namespace: "AWS/SNS",
    dimensions: { TopicName: names.logTopic },
    metric: "NumberOfNotificationsFailed",
    ...atOnce,
    isSilenceBad: false,
    description: `CloudTrail's notifications do not reach the function ${names.function}: nothing is detected. The function, or its permission for the topic ${names.logTopic}, is gone: run pulumi up --refresh, then npx cloudtrailer replay over the log files since.`,
  };
}
