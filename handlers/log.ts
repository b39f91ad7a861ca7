/** CloudWatch Logs takes 256 KB for one event, of which 26 bytes are its own. */
const maxBytes = 262_144 - 26;

/** Namespace of the metrics that entries bring with them; their dimension is `team`. */
export const metricsNamespace = "cloudtrailer";

/** The metrics: without them for some hours, alarms go off (docs/watch.md). */
export const metricNames = {
  /** Log files that were new when they were read. A deployment counts as one: silence begins with it. */
  logFiles: "LogFiles",
  /** Self-checks that found everything as deployed. */
  selfChecks: "SelfChecks",
} as const;

/** Metrics of one entry, by name. */
export type Metrics = Partial<Record<(typeof metricNames)[keyof typeof metricNames], number>>;

/** What the handler writes to CloudWatch Logs: one JSON object a line. */
export interface Log {
  /** @param metrics of which CloudWatch makes data points */
  entry(
    level: "info" | "error",
    message: string,
    fields: Record<string, unknown>,
    metrics?: EntryMetrics,
  ): void;
  record(record: object): void;
  /** A record's own bytes, as they stand in the log file. */
  raw(json: Buffer): void;
}

/** Metrics with what they are of. */
export interface EntryMetrics {
  team: string;
  /** Epoch ms. */
  at: number;
  values: Metrics;
}

/**
 * What makes CloudWatch Logs take metrics from a line of JSON.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
function embedded({ team, at, values }: EntryMetrics): Record<string, unknown> {
  return {
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        {
          Namespace: metricsNamespace,
          Dimensions: [["team"]],
          Metrics: Object.keys(values).map((Name) => ({ Name, Unit: "Count" })),
        },
      ],
    },
    team,
    ...values,
  };
}

/** Makes the log. @param write writes one line */
export function createLog(write: (line: string) => void): Log {
  const json = (text: string) => {
    const bytes = Buffer.byteLength(text);
    if (bytes <= maxBytes) {
      write(text);
      return;
    }
    // In parts that can be put together again; a character is three bytes in UTF-8 at most, and twice as long quoted.
    const step = Math.floor((maxBytes - 200) / 6);
    const parts = Math.ceil(text.length / step);
    for (let part = 0; part < parts; part++)
      write(JSON.stringify({ part: part + 1, of: parts, json: text.slice(part * step, (part + 1) * step) }));
  };
  return {
    entry: (level, message, fields, metrics) => {
      const line = { level, message, ...fields };
      if (metrics === undefined || Object.keys(metrics.values).length === 0) {
        json(JSON.stringify(line));
        return;
      }
      const counted = embedded(metrics);
      const whole = JSON.stringify({ ...line, ...counted });
      if (Buffer.byteLength(whole) <= maxBytes) {
        write(whole);
        return;
      }
      // Of an entry in parts, nobody would read metrics.
      write(JSON.stringify({ level, message: "metrics", ...counted }));
      json(JSON.stringify(line));
    },
    record: (record) => json(JSON.stringify(record)),
    raw: (bytes) => {
      const text = bytes.toString("utf8");
      // Pretty-printed, it would be as many events as it has lines.
      json(/[\r\n]/.test(text) ? JSON.stringify(JSON.parse(text)) : text);
    },
  };
}
