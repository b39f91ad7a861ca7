import { expect } from "chai";
import { createLog } from "../../handlers/log";

describe("the log", () => {
  const lines: string[] = [];
  const log = createLog((line) => void lines.push(line));
  const metrics = { team: "red", at: 1_777_888_999_000, values: { LogFiles: 3 } };
  beforeEach(() => lines.splice(0));

  it("writes metrics into the entry that they are of", () => {
    log.entry("info", "notification", { errors: [] }, metrics);
    expect(lines).to.have.length(1);
    expect(JSON.parse(String(lines[0]))).to.deep.equal({
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

  it("writes them alone where the entry takes several lines, none of which CloudWatch could read", () => {
    log.entry("info", "notification", { text: "x".repeat(300_000) }, metrics);
    const [first = "", ...parts] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).to.deep.include({ message: "metrics", LogFiles: 3 });
    expect(parts.length).to.be.above(1);
    const whole = JSON.parse(parts.map(({ json }) => String(json)).join("")) as object;
    expect(whole).to.have.keys("level", "message", "text");
  });

  it("writes an entry without metrics as it is", () => {
    log.entry("error", "notification", {});
    log.entry("error", "notification", {}, { ...metrics, values: {} });
    expect(lines).to.deep.equal(Array(2).fill('{"level":"error","message":"notification"}'));
  });
});
