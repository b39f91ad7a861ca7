import type { Config } from "./config-keys";
import { existingTrailOf } from "./existing-trail";
import { isChannel } from "./subscribers";

/** One line of the estimate. */
export interface Cost {
  what: string;
  /** US dollars a month. */
  dollars: number;
}

/** How much goes on in an account. */
export interface Activity {
  name: string;
  /** Management events a month, in all regions. */
  events: number;
  /** Regions in which something happens. */
  regions: number;
}

/** Small, middle and large accounts, for the README and the preview. */
export const activities: Activity[] = [
  { name: "small", events: 300_000, regions: 3 },
  { name: "middle", events: 10_000_000, regions: 8 },
  { name: "large", events: 200_000_000, regions: 15 },
];

const days = 30;
/** CloudTrail writes a log file for each active region about every five minutes. */
const filesPerRegion = 288 * days;
/** Bytes of an event in a compressed log file, about. */
const bytesPerEvent = 150;
const gigabyte = 1024 ** 3;

/**
 * List prices in us-east-1, US dollars.
 *
 * Sources: https://aws.amazon.com/cloudtrail/pricing/, https://aws.amazon.com/lambda/pricing/,
 * https://aws.amazon.com/s3/pricing/, https://aws.amazon.com/dynamodb/pricing/on-demand/,
 * https://aws.amazon.com/cloudwatch/pricing/, https://aws.amazon.com/kms/pricing/, https://aws.amazon.com/eventbridge/pricing/
 */
const prices = {
  secondCopyPer100k: 2,
  lambdaGigabyteSecond: 0.0000166667,
  lambdaPerMillion: 0.2,
  s3GigabyteMonth: 0.023,
  s3PutPer1k: 0.005,
  s3GetPer1k: 0.0004,
  dynamoReadPerMillion: 0.125,
  dynamoWritePerMillion: 0.625,
  logsGigabyte: 0.5,
  alarm: 0.1,
  metric: 0.3,
  kmsPer10k: 0.03,
  eventsPerMillion: 1,
};

/** Seconds of the function for each log file, besides those for each event. */
const secondsPerFile = 0.15;
/** Seconds for a million events on one core; a share of it with less memory (docs/performance.md). */
const secondsPerMillion = 12;
/** Of all events, those that the fast path sends, about; of these, those of the stack's region and IAM's. */
const sentShare = 0.02;
const homeShare = 0.5;
/** Seconds of the function for each event that comes by itself. */
const secondsPerEvent = 0.1;
/** Looks for delayed fixes that are due, one every minute, and seconds of the function for each. */
const looks = 60 * 24 * days;
const secondsPerLook = 0.02;
/** Baselines: reads of the table every hour, for an account of this size. */
const hourlyReads = 500;

/**
 * What a stack costs a month, from its own settings, besides the alerts. Whether another trail records management events, so
 * that the stack's own one is a second copy, only AWS's bill knows.
 */
export function costsOf(
  config: Pick<
    Config,
    | "memoryMegabytes"
    | "logFileDays"
    | "records"
    | "watch"
    | "fast"
    | "fix"
    | "kmsKey"
    | "trail"
    | "existingTrail"
    | "subscribers"
  >,
  { events, regions }: Activity,
): Cost[] {
  const files = filesPerRegion * regions;
  const seconds =
    files * secondsPerFile + (events / 1e6) * secondsPerMillion * Math.max(1, 1769 / config.memoryMegabytes);
  const lambda =
    seconds * (config.memoryMegabytes / 1024) * prices.lambdaGigabyteSecond +
    (files / 1e6) * prices.lambdaPerMillion;
  const costs: Cost[] = [
    { what: "Lambda", dollars: lambda },
    { what: "reading log files from S3", dollars: (files / 1e3) * prices.s3GetPer1k },
    { what: "DynamoDB", dollars: ((hourlyReads * 24 * days) / 1e6) * prices.dynamoReadPerMillion + 0.01 },
    {
      what: "CloudWatch Logs",
      dollars: ((files * 1_000 + recordBytes(config.records, events)) / gigabyte) * prices.logsGigabyte,
    },
  ];
  const isFast = config.fast !== "none";
  if (config.watch)
    costs.push({
      what: "alarms and metrics",
      dollars: alarmsOf(config) * prices.alarm + 2 * prices.metric,
    });
  if (isFast) costs.push({ what: "records within seconds", dollars: sendingOf(config, events) });
  if (config.fix.after !== undefined) costs.push({ what: "delayed fixes", dollars: looksOf(config) });
  if (config.kmsKey !== "")
    costs.push({ what: "KMS requests", dollars: ((files * 2) / 1e4) * prices.kmsPer10k });
  if (existingTrailOf(config) !== undefined) return costs;
  const months = config.logFileDays === 0 ? 12 : config.logFileDays / days;
  const stored = ((events * bytesPerEvent) / gigabyte) * months * prices.s3GigabyteMonth;
  return [
    ...costs,
    { what: "writing and keeping log files in S3", dollars: stored + (files / 1e3) * prices.s3PutPer1k },
  ];
}

function alarmsOf({ fast, subscribers }: Pick<Config, "fast" | "subscribers">): number {
  return 9 + (fast === "none" ? 0 : 1) + (subscribers.some(isChannel) ? 1 : 0);
}

/** Sending records by EventBridge, and the function for each. */
function sendingOf(
  { fast, memoryMegabytes }: Pick<Config, "fast" | "memoryMegabytes">,
  events: number,
): number {
  const sent = events * sentShare * (fast === "all" ? 1 : homeShare);
  const seconds = sent * secondsPerEvent * (memoryMegabytes / 1024);
  return (
    (sent / 1e6) * (prices.eventsPerMillion + prices.lambdaPerMillion) + seconds * prices.lambdaGigabyteSecond
  );
}

/** Invoking the function every minute, a read of the table each. */
function looksOf({ memoryMegabytes }: Pick<Config, "memoryMegabytes">): number {
  const seconds = looks * secondsPerLook * (memoryMegabytes / 1024);
  return (
    (looks / 1e6) * (prices.lambdaPerMillion + prices.dynamoReadPerMillion) +
    seconds * prices.lambdaGigabyteSecond
  );
}

function recordBytes(records: Config["records"], events: number): number {
  return records === "all" ? events * 1_500 : 0;
}

/** What a trail costs a month if the account has another one that records management events. */
export function secondCopyOf({ events }: Activity): number {
  return (events / 100_000) * prices.secondCopyPer100k;
}

const totalOf = (costs: Cost[]) => costs.reduce((sum, { dollars }) => sum + dollars, 0);

/** Dollars for people: `4.20 USD`, `310 USD`. */
export function shownDollars(dollars: number): string {
  return `${dollars < 100 ? dollars.toFixed(2) : Math.round(dollars)} USD`;
}

/** The estimate in a few lines, for the preview. */
export function costLines(config: Parameters<typeof costsOf>[0] & Pick<Config, "dataEvents">): string[] {
  const isOwn = existingTrailOf(config) === undefined;
  const lines = activities.map((activity) => {
    const costs = costsOf(config, activity);
    const biggest = [...costs].sort((a, b) => b.dollars - a.dollars)[0];
    const second = isOwn
      ? `; if another trail records management events, ${shownDollars(secondCopyOf(activity))} more`
      : "";
    return `  ${activity.name} account (${activity.events / 1e6} million events a month): ${shownDollars(totalOf(costs))}, most of it ${biggest?.what}${second}`;
  });
  return [
    "This stack costs about, a month at list prices, besides alerts:",
    ...lines,
    ...(isOwn && config.dataEvents.length > 0
      ? ["  Data events cost 0.10 USD per 100,000 in addition, and may be many times the management events."]
      : []),
  ];
}

/** The README's table: what the stack costs with an own trail, a second one, and an existing one. */
export function costRows(config: Parameters<typeof costsOf>[0]): string[][] {
  return activities.map((activity) => {
    const own = totalOf(costsOf({ ...config, trail: "own" }, activity));
    const existing = totalOf(
      costsOf({ ...config, trail: "existing", existingTrail: { arn: "arn", bucket: "bucket" } }, activity),
    );
    const events = `${activity.events / 1e6} million events, ${activity.regions} regions`;
    return [activity.name, events, own, own + secondCopyOf(activity), existing].map((one) =>
      typeof one === "number" ? shownDollars(one) : one,
    );
  });
}
