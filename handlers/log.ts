/** CloudWatch Logs takes 256 KB for one event, of which 26 bytes are its own. */
const maxBytes = 262_144 - 26;

/** What the handler writes to CloudWatch Logs: one JSON object a line. */
export interface Log {
  entry(level: "info" | "error", message: string, fields: Record<string, unknown>): void;
  record(record: object): void;
  /** A record's own bytes, as they stand in the log file. */
  raw(json: Buffer): void;
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
    entry: (level, message, fields) => json(JSON.stringify({ level, message, ...fields })),
    record: (record) => json(JSON.stringify(record)),
    raw: (bytes) => {
      const text = bytes.toString("utf8");
      // Pretty-printed, it would be as many events as it has lines.
      json(/[\r\n]/.test(text) ? JSON.stringify(JSON.parse(text)) : text);
    },
  };
}
