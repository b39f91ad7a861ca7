import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { expect } from "chai";
import { aRecord } from "../support/factories";
import type { MemoryOrders, MemoryReport } from "./memory-child";
import { report, times } from "./share";

const megabyte = 1024 ** 2;

describe("memory", () => {
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "cloudtrailer-memory-"));
    // The compiler of TypeScript is not measured: what it makes is in its cache from the first process on.
    await handledInAProcess({ files: [], queued: 1, settings: {} });
  });
  after(() => rmSync(folder, { recursive: true }));

  /** A log file of findings, each of so many bytes and about another user. */
  function* findings(count: number, bytes: number): Generator<string> {
    yield '{"Records":[';
    for (let index = 0; index < count; index++) {
      const hash = createHash("sha256").update(String(index)).digest("hex");
      const record = aRecord({
        eventID: hash.slice(0, 32),
        requestParameters: {
          userName: `user-${index}`,
          policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
        },
        userAgent: hash.repeat(Math.ceil((bytes - 1_000) / hash.length)),
      });
      yield `${index === 0 ? "" : ","}${JSON.stringify(record)}`;
    }
    yield "]}";
  }

  async function writeLogFile(text: Iterable<string>): Promise<string> {
    const file = join(folder, "large.json.gz");
    await pipeline(Readable.from(text), createGzip({ level: 1 }), createWriteStream(file));
    return file;
  }

  async function handledInAProcess(orders: MemoryOrders): Promise<MemoryReport> {
    const child = spawn(
      process.execPath,
      ["--require", "./cli/register.js", join(__dirname, "memory-child.ts")],
      {
        cwd: join(__dirname, "..", ".."),
        // Whatever the run of the tests preloads or measures is no part of the function.
        env: { ...process.env, NODE_OPTIONS: "", NODE_V8_COVERAGE: undefined },
      },
    );
    let out = "";
    let problems = "";
    child.stdout.on("data", (chunk) => (out += chunk));
    child.stderr.on("data", (chunk) => (problems += chunk));
    child.stdin.end(JSON.stringify(orders));
    const [code] = (await once(child, "close")) as [number | null];
    expect(code, problems).to.equal(0);
    return JSON.parse(out) as MemoryReport;
  }

  for (const mode of ["alert", "fix"] as const)
    it(`stays below 300 MB for a log file with 20,000 findings of 40 kB, in mode ${mode}`, async () => {
      const count = times(20_000, 5_000);
      const file = await writeLogFile(findings(count, 40_000));
      const { rss, states, bytes, alerts, summaries, summarized, milliseconds } = await handledInAProcess({
        files: [file],
        settings: { mode },
      });
      report(`one log file, mode ${mode}`, {
        findings: count,
        "MB of JSON": Math.round(bytes / 1e6),
        "MB of memory": Math.round(rss / megabyte),
        alerts,
        summaries,
        "findings a second": Math.round((count / milliseconds) * 1_000),
      });
      expect(states).to.deep.equal({ done: count });
      expect(alerts + summarized).to.equal(count);
      expect(rss).to.be.lessThan(300 * megabyte);
    });

  it("stays below 300 MB for 10,000 log files in the queue, and every finding in them is alerted", async () => {
    const count = times(10_000, 400);
    const { rss, states, alerts, summarized, milliseconds } = await handledInAProcess({
      files: [],
      queued: count,
      settings: { mode: "alert" },
    });
    report("log files in the queue", {
      "log files": count,
      findings: states.done ?? 0,
      "log files a second": Math.round((count / milliseconds) * 1_000),
      "MB of memory": Math.round(rss / megabyte),
    });
    expect(states).to.deep.equal({ done: count / 10 });
    expect(alerts + summarized).to.equal(count / 10);
    expect(rss).to.be.lessThan(300 * megabyte);
  });
});
