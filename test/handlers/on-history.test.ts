import { expect } from "chai";
import { Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Call } from "../../handlers/aws/call";
import type { BatchSummary, FileResult, HistoryEvent } from "../../handlers/history/batch";
import { createOnHistory } from "../../handlers/on-history";
import { detections } from "../../handlers/detections/index";
import { remediations } from "../../handlers/remediations/index";
import { aRecord, awsError, region, someSettings } from "../support/factories";

const now = Date.parse("2026-06-01T00:00:00Z");
const attached = gzipSync(JSON.stringify({ Records: [aRecord(), aRecord({ eventName: "ListUsers" })] }));

/** The function with a bucket of these log files; an error is what S3 answers. */
function aFunction(
  objects: Record<string, Buffer | Error>,
  own: { remaining?: number; putError?: Error } = {},
) {
  const results = new Map<string, Buffer>();
  const lines: string[] = [];
  const calls: string[] = [];
  const aws = ({ service, operation, input }: Call): Promise<Record<string, unknown>> => {
    calls.push(`${service}:${operation}`);
    if (operation === "PutObject") {
      if (own.putError !== undefined) return Promise.reject(own.putError);
      results.set(`${String(input.Bucket)}/${String(input.Key)}`, input.Body as Buffer);
      return Promise.resolve({});
    }
    const object = objects[String(input.Key)];
    if (object === undefined || object instanceof Error)
      return Promise.reject(object ?? awsError("NoSuchKey", "The specified key does not exist."));
    return Promise.resolve({
      Body: Readable.from([object]),
      ContentRange: `bytes 0-${object.length - 1}/${object.length}`,
      LastModified: new Date(now),
    });
  };
  const handle = createOnHistory({
    settings: someSettings({ mode: "fix", region, reports: "reports" }),
    platform: { aws, now: () => now, write: (line) => lines.push(line) },
    catalogue: { detections, remediations },
  });
  const run = (event: unknown) =>
    handle(event as HistoryEvent, {
      awsRequestId: "1",
      getRemainingTimeInMillis: () => own.remaining ?? 900_000,
    });
  return { run, results, lines, calls };
}

function anEvent(keys: string[], hunt: Partial<HistoryEvent["hunt"]> = {}): HistoryEvent {
  return {
    hunt: { id: "2026-06-01T00-00-00-abcd", bucket: "logs", now, ...hunt },
    batch: { number: 7, files: keys.map((key) => [key, 1000]) },
  };
}

const resultKey = "reports/hunts/2026-06-01T00-00-00-abcd/results/00000007.jsonl.gz";

function linesOf(results: Map<string, Buffer>): [BatchSummary, ...FileResult[]] {
  const text = gunzipSync(results.get(resultKey) as Buffer).toString("utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line)) as unknown as [BatchSummary, ...FileResult[]];
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("expected an error"),
    (error: Error) => error,
  );

describe("the function for old log files", () => {
  it("does not start without a bucket for results", () => {
    const platform = { aws: async () => ({}), now: () => now, write: () => {} };
    const create = () =>
      createOnHistory({
        settings: someSettings({ region }),
        platform,
        catalogue: { detections, remediations },
      });
    expect(create).to.throw(/expected the bucket for results .* found none: run `pulumi up` again/);
  });

  it("writes what it finds in a batch to the reports bucket, and makes no other call", async () => {
    const { run, results, calls } = aFunction({ "a.json.gz": attached, "b.json.gz": attached });
    const summary = await run(anEvent(["a.json.gz", "b.json.gz"]));
    expect(summary).to.deep.include({
      batch: 7,
      files: 2,
      bytes: 2000,
      records: 4,
      findings: 2,
      unread: 0,
      failures: 0,
    });
    const [first, ...files] = linesOf(results);
    expect(first).to.deep.equal(summary);
    expect(files.map(({ key }) => key)).to.deep.equal(["a.json.gz", "b.json.gz"]);
    const [a] = files as Extract<FileResult, { records: number }>[];
    expect(a?.oldest).to.equal(Date.parse("2026-05-04T10:00:00Z"));
    expect(a?.findings.map(({ id, source }) => ({ id, source }))).to.deep.equal([
      { id: `${aRecord().eventID}#iam-admin-policy-attached-user`, source: "s3://logs/a.json.gz" },
    ]);
    expect([...new Set(calls)]).to.deep.equal(["s3:GetObject", "s3:PutObject"]);
  });

  it("runs only the detections that are hunted", async () => {
    const { run } = aFunction({ "a.json.gz": attached });
    expect(await run(anEvent(["a.json.gz"], { detections: ["s3-*"] }))).to.deep.include({
      records: 2,
      findings: 0,
    });
    expect(await run(anEvent(["a.json.gz"], { detections: ["s3-*", "iam-admin*"] }))).to.deep.include({
      findings: 1,
    });
  });

  it("leaves to the person who hunts what it cannot read, and says why", async () => {
    const { run, results } = aFunction({
      "cut.json.gz": attached.subarray(0, attached.length - 30),
      "text.json.gz": Buffer.from("hello"),
      "denied.json.gz": awsError("AccessDenied", "no"),
      "a.json.gz": attached,
    });
    const keys = ["cut.json.gz", "text.json.gz", "denied.json.gz", "missing.json.gz", "a.json.gz"];
    expect(await run(anEvent(keys))).to.deep.include({ files: 5, records: 2, findings: 1, unread: 4 });
    const [, ...files] = linesOf(results);
    expect(files.map((file) => ("unread" in file ? file.unread : file.records))).to.deep.equal([
      "it is not a whole log file",
      "it is not a whole log file",
      "AccessDenied: no",
      "NoSuchKey: The specified key does not exist.",
      2,
    ]);
  });

  it("fails with what may pass, so that Step Functions tries again, and writes no result", async () => {
    const slow = aFunction({
      "a.json.gz": attached,
      "b.json.gz": awsError("SlowDown", "Reduce your request rate."),
    });
    expect((await failure(slow.run(anEvent(["a.json.gz", "b.json.gz"])))).message).to.equal(
      "unable to read s3://logs/b.json.gz: SlowDown: Reduce your request rate.",
    );
    expect(slow.results.size).to.equal(0);
    expect(slow.lines.join()).to.include('"batch":7').and.to.include("SlowDown");
    const full = aFunction({ "a.json.gz": attached }, { putError: awsError("AccessDenied", "no") });
    expect((await failure(full.run(anEvent(["a.json.gz"])))).message).to.equal("no");
  });

  it("fails before its time is up", async () => {
    const { run, results } = aFunction({ "a.json.gz": attached }, { remaining: 20_000 });
    expect((await failure(run(anEvent(["a.json.gz"])))).message).to.match(/found it used up at a\.json\.gz$/);
    expect(results.size).to.equal(0);
  });

  it("takes nothing but a batch of a hunt", async () => {
    const { run, calls } = aFunction({ "a.json.gz": attached });
    const good = anEvent(["a.json.gz"]);
    for (const bad of [
      undefined,
      {},
      { ...good, hunt: { ...good.hunt, id: "../other" } },
      { ...good, hunt: { ...good.hunt, detections: [""] } },
      { ...good, batch: { number: 1.5, files: [] } },
      { ...good, batch: { number: 1, files: ["a.json.gz"] } },
    ])
      expect((await failure(run(bad))).message).to.match(/^expected a batch \{"hunt"/);
    expect(calls).to.deep.equal([]);
  });
});
