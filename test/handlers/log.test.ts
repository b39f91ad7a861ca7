import { expect } from "chai";
import { createLog } from "../../handlers/log";

describe("the log", () => {
  const maxBytes = 262_144 - 26;

  function written(use: (log: ReturnType<typeof createLog>) => void): string[] {
    const lines: string[] = [];
    use(createLog((line) => void lines.push(line)));
    return lines;
  }

  const long = "\u{1F600}é".repeat(100_000);
  const tooLong: Record<string, Record<string, unknown>> = {
    "a long text": { text: long },
    "many long texts": { errors: Array.from({ length: 50 }, () => long) },
    "long texts, deep inside": { findings: Array.from({ length: 200 }, () => ({ actor: { arn: long } })) },
    "many members": { logFiles: Array.from({ length: 100_000 }, (_, index) => ({ key: `key ${index}` })) },
    "more than any cut helps": Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [`field-${index}`, long.slice(0, 500)]),
    ),
  };
  for (const [what, fields] of Object.entries(tooLong))
    it(`writes an entry of ${what} as one line that CloudWatch Logs takes, with level and message`, () => {
      const lines = written((log) => log.entry("error", "notification", fields));
      expect(lines).to.have.length(1);
      expect(Buffer.byteLength(String(lines[0]))).to.be.at.most(maxBytes);
      expect(JSON.parse(String(lines[0]))).to.include({
        level: "error",
        message: "notification",
        shortened: true,
      });
    });

  it("writes an entry that fits as it is", () => {
    const fields = { text: "x".repeat(200_000), list: [1, "two", { three: null }] };
    const [line] = written((log) => log.entry("info", "notification", fields));
    expect(JSON.parse(String(line))).to.deep.equal({ level: "info", message: "notification", ...fields });
  });

  it("writes invisible characters of an entry as escapes", () => {
    const [line] = written((log) => log.entry("info", "notification", { actor: "bob\u202e\u200b" }));
    expect(line).to.include("bob\\u202e\\u200b");
    expect(JSON.parse(String(line))).to.include({ actor: "bob\u202e\u200b" });
  });

  it("writes a record that is too long in parts that can be joined", () => {
    const record = { eventID: "long", requestParameters: { text: long } };
    const parts = written((log) => log.record(record)).map(
      (line) => JSON.parse(line) as { part: number; of: number; json: string },
    );
    expect(parts.map(({ part, of }) => `${part}/${of}`)).to.deep.equal(
      parts.map((_, index) => `${index + 1}/${parts.length}`),
    );
    expect(JSON.parse(parts.map(({ json }) => json).join(""))).to.deep.equal(record);
  });

  const metrics = { team: "red", at: 1_777_888_999_000, values: { LogFiles: 3 } };

  it("writes metrics into the entry they belong to", () => {
    const [line] = written((log) => log.entry("info", "notification", { errors: [] }, metrics));
    expect(JSON.parse(String(line))).to.deep.equal({
      level: "info",
      message: "notification",
      errors: [],
      _aws: {
        Timestamp: metrics.at,
        CloudWatchMetrics: [
          {
            Namespace: "cloudtrailer",
            Dimensions: [["team"]],
            Metrics: [{ Name: "LogFiles", Unit: "Count" }],
          },
        ],
      },
      team: "red",
      LogFiles: 3,
    });
  });

  it("keeps metrics in an entry that it shortens", () => {
    for (const fields of Object.values(tooLong)) {
      const [line, ...more] = written((log) => log.entry("info", "notification", fields, metrics));
      expect(more).to.deep.equal([]);
      expect(JSON.parse(String(line))).to.deep.include({ shortened: true, team: "red", LogFiles: 3 });
      expect(JSON.parse(String(line))).to.have.nested.property("_aws.CloudWatchMetrics[0].Metrics[0].Name");
    }
  });
});
