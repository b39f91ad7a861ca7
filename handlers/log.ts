/** CloudWatch Logs limits an event to 256 KB, including 26 bytes of overhead. */
const maxBytes = 262_144 - 26;

/** What the handler writes to CloudWatch Logs: one JSON object per line. */
export interface Log {
  entry(level: "info" | "error", message: string, fields: Record<string, unknown>): void;
  record(record: object): void;
  /** A record's bytes, exactly as in the log file. */
  raw(json: Buffer): void;
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
    entry: (level, message, fields) => json(JSON.stringify({ level, message, ...fields })),
    record: (record) => json(JSON.stringify(record)),
    raw: (bytes) => {
      const text = bytes.toString("utf8");
      // Pretty-printed, each of its lines would become an event.
      json(/[\r\n]/.test(text) ? JSON.stringify(JSON.parse(text)) : text);
    },
  };
}
