import { visible } from "./visible";

/** CloudWatch Logs limits an event to 256 KB, including 26 bytes of overhead. */
const maxBytes = 262_144 - 26;

/** What an entry that is too long is cut to, in turn, until it fits: characters of a text, and members of a list. */
const cuts = [
  { maxText: 2_000, maxItems: 100 },
  { maxText: 300, maxItems: 50 },
  { maxText: 100, maxItems: 10 },
];

/** Namespace of the metrics in log entries; their dimension is `team`. */
export const metricsNamespace = "cloudtrailer";

/** The metrics: if they are missing for some hours, alarms go off (docs/watch.md). */
export const metricNames = {
  /** Log files that were new when they were read. A deployment counts as one, because silence starts with it. */
  logFiles: "LogFiles",
  /** Self-checks that found everything as deployed. */
  selfChecks: "SelfChecks",
} as const;

/** Metrics of one entry, by name. */
export type Metrics = Partial<Record<(typeof metricNames)[keyof typeof metricNames], number>>;

/** What the handler writes to CloudWatch Logs: one JSON object per line. */
export interface Log {
  /** Writes an entry: one line, whatever it has to say. @param metrics CloudWatch makes data points of them */
  entry(
    level: "info" | "error",
    message: string,
    fields: Record<string, unknown>,
    metrics?: EntryMetrics,
  ): void;
  record(record: object): void;
  /** A record's bytes, exactly as in the log file. */
  raw(json: Buffer): void;
}

/** Metrics with their team and time. */
export interface EntryMetrics {
  team: string;
  /** Epoch ms. */
  at: number;
  values: Metrics;
}

/**
 * Makes CloudWatch Logs extract metrics from a line of JSON.
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

/** Creates the log. @param write writes one line */
export function createLog(write: (line: string) => void): Log {
  const json = (text: string) => {
    const bytes = Buffer.byteLength(text);
    if (bytes <= maxBytes) {
      write(text);
      return;
    }
    // In parts that can be joined again. A character takes at most three bytes in UTF-8, twice that when quoted.
    const step = Math.floor((maxBytes - 200) / 6);
    const parts = Math.ceil(text.length / step);
    for (let part = 0; part < parts; part++)
      write(JSON.stringify({ part: part + 1, of: parts, json: text.slice(part * step, (part + 1) * step) }));
  };
  return {
    entry(level, message, fields, metrics) {
      const counted = metrics === undefined ? {} : embedded(metrics);
      const whole = visible(JSON.stringify({ level, message, ...fields, ...counted }));
      if (Buffer.byteLength(whole) <= maxBytes) return write(whole);
      for (const cut of cuts) {
        const text = visible(
          JSON.stringify({
            level,
            message,
            shortened: true,
            ...(shortened(fields, cut) as object),
            ...counted,
          }),
        );
        if (Buffer.byteLength(text) <= maxBytes) return write(text);
      }
      write(JSON.stringify({ level, message, shortened: true, bytes: Buffer.byteLength(whole), ...counted }));
    },
    record: (record) => json(JSON.stringify(record)),
    raw: (bytes) => {
      const text = bytes.toString("utf8");
      // Pretty-printed, each of its lines would become an event.
      json(/[\r\n]/.test(text) ? JSON.stringify(JSON.parse(text)) : text);
    },
  };
}

/** A JSON value with shorter texts and lists. */
function shortened(value: unknown, cut: (typeof cuts)[number]): unknown {
  if (typeof value === "string")
    return value.length > cut.maxText ? `${value.slice(0, cut.maxText)}…` : value;
  if (Array.isArray(value)) return value.slice(0, cut.maxItems).map((one) => shortened(one, cut));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shortened(one, cut)]));
}
