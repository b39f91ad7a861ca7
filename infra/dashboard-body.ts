import { metricNames, metricsNamespace } from "../handlers/log";
import { partitionOf } from "../handlers/aws/regions";
import type { Place } from "../policies/document";
import { logGroupOf, type Names } from "./names";
import { watchAlarmOf, watchAlarms } from "./watch-alarms";

export interface DashboardBodyArgs {
  place: Place;
  team: string;
  names: Names;
  watch: boolean;
  silenceHours: number;
  /** Whether EventBridge sends records. */
  isFast: boolean;
  /** Whether fixes are delayed. */
  hasDelays: boolean;
  /** Whether anybody is behind the findings bus. */
  hasChannels: boolean;
}

/** A widget, 24 columns wide at most. */
interface Widget {
  type: "alarm" | "log" | "metric" | "text";
  width: number;
  height: number;
  properties: Record<string, unknown>;
}

/** Outcomes as the log entries have them, with what a person calls them. */
const outcomes: Record<string, string> = { fixed: "fixed", planned: "would be fixed", alerted: "alert only" };
const failures = ["refused", "failed", "changed-since", "needs-baseline"];

/**
 * The body of the dashboard. What was found and fixed comes from the function's log entries, health from AWS's own metrics,
 * so it costs nothing but the dashboard and the queries while somebody looks.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardBody(args: DashboardBodyArgs): { start: string; widgets: object[] } {
  const { place, names } = args;
  const logs = (
    title: string,
    view: "bar" | "table" | "timeSeries",
    width: number,
    lines: string[],
    messages = ["notification"],
  ): Widget => ({
    type: "log",
    width,
    height: 6,
    properties: {
      title,
      region: place.region,
      view,
      query: [
        `SOURCE '${logGroupOf(names)}'`,
        `filter ${messages.map((message) => `message = '${message}'`).join(" or ")}`,
        ...lines,
      ].join("\n| "),
    },
  });
  const counted = args.hasDelays ? { ...outcomes, delayed: "delayed" } : outcomes;
  const sums = Object.entries(counted).map(([outcome, word]) => `sum(outcomes.${outcome}) as \`${word}\``);
  const others = failures.map((outcome) => `coalesce(\`outcomes.${outcome}\`, 0)`).join(" + ");
  return {
    start: "-P7D",
    widgets: laidOut([
      { type: "text", width: 24, height: 2, properties: { markdown: markdownOf(args) } },
      logs(
        "Findings by what was done",
        "bar",
        12,
        [`fields ${others} as unfixed`, `stats ${sums.join(", ")}, sum(unfixed) as \`not fixed\` by bin(1d)`],
        ["notification", ...(args.hasDelays ? ["due fixes"] : [])],
      ),
      logs("Seconds from the oldest call of a notification to its end", "timeSeries", 12, [
        "stats pct(delaySeconds, 50) as median, max(delaySeconds) as slowest by bin(1h)",
      ]),
      logs("Latest notifications with findings", "table", 24, [
        "filter ispresent(findings.0.id)",
        "fields @timestamp, findings.0.severity as severity, findings.0.outcome as outcome, findings.0.title as title, findings.0.actor as actor, findings.0.id as finding",
        "sort @timestamp desc",
        "limit 20",
      ]),
      ...health(args),
      ...(args.watch ? [alarms(args)] : []),
    ]),
  };
}

function health({ place: { region }, team, names }: DashboardBodyArgs): Widget[] {
  const metrics = (title: string, lines: string[][], stat: string): Widget => ({
    type: "metric",
    width: 8,
    height: 6,
    properties: { title, region, stat, period: 300, view: "timeSeries", metrics: lines },
  });
  const ofFunction = (metric: string) => ["AWS/Lambda", metric, "FunctionName", names.function];
  return [
    metrics("The function", ["Invocations", "Errors", "Throttles"].map(ofFunction), "Sum"),
    metrics("Its slowest runs, ms", ["Duration", "AsyncEventAge"].map(ofFunction), "Maximum"),
    metrics(
      "Own health",
      [
        [metricsNamespace, metricNames.logFiles, "team", team],
        [metricsNamespace, metricNames.selfChecks, "team", team],
        ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", names.failureQueue],
        ["AWS/SNS", "NumberOfNotificationsFailed", "TopicName", names.alertTopic],
      ],
      "Sum",
    ),
  ];
}

function alarms({ place, names, ...args }: DashboardBodyArgs): Widget {
  const prefix = `arn:${partitionOf(place.region)}:cloudwatch:${place.region}:${place.account}:alarm:`;
  const all = watchAlarms({ names, ...args }).map((one) => prefix + watchAlarmOf(names.watch, one));
  return {
    type: "alarm",
    width: 24,
    height: 3,
    properties: { title: "Alarms of the second path", alarms: all },
  };
}

function markdownOf({ team, names }: DashboardBodyArgs): string {
  return [
    `**cloudtrailer, team ${team}.** One finding: \`npx cloudtrailer findings ID --table ${names.table}\`.`,
    `The whole picture: \`npx cloudtrailer report --format html --open --table ${names.table}\`.`,
  ].join(" ");
}

/** Gives widgets their places, from left to right and top to bottom. */
function laidOut(widgets: Widget[]): object[] {
  let x = 0;
  let y = 0;
  return widgets.map((widget) => {
    if (x + widget.width > 24) x = 0;
    const placed = { ...widget, x, y };
    x += widget.width;
    if (x >= 24) {
      x = 0;
      y += widget.height;
    }
    return placed;
  });
}
