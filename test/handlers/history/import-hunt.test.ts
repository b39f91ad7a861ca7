import { expect } from "chai";
import { Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Call } from "../../../handlers/aws/call";
import { detections } from "../../../handlers/detections/index";
import type { ImportCounts, ImportedFinding } from "../../../handlers/findings/imported";
import { type Batch, type FileResult, resultKeyOf } from "../../../handlers/history/batch";
import type { ReplayFinding } from "../../../handlers/history/find";
import { createImportHunt } from "../../../handlers/history/import-hunt";
import { createMergingOfFiles } from "../../../handlers/history/merging";
import { createOnHistory } from "../../../handlers/on-history";
import { remediations } from "../../../handlers/remediations/index";
import { logFileSet } from "../../faults/deployed/log-file-set";
import { account, awsError, region, someSettings } from "../../support/factories";

const now = Date.parse("2026-06-01T00:00:00Z");
const settings = someSettings({ mode: "fix", region, bucket: "logs", reports: "reports" });
const catalogue = { detections, remediations };
const hunt = "2026-06-01T00-00-00-abcd";
const keyOf = (batch: number) => resultKeyOf({ id: hunt }, batch);

/** Buckets in memory, and how often an object was read. */
function buckets(objects: Map<string, Buffer | Error>) {
  const read: string[] = [];
  const aws = ({ operation, input }: Call): Promise<Record<string, unknown>> => {
    const name = `${String(input.Bucket)}/${String(input.Key)}`;
    if (operation === "PutObject") objects.set(name, input.Body as Buffer);
    if (operation === "PutObject") return Promise.resolve({});
    read.push(name);
    const object = objects.get(name) ?? awsError("AccessDenied", "not authorized to perform: s3:ListBucket");
    if (object instanceof Error) return Promise.reject(object);
    return Promise.resolve({
      Body: Readable.from([object]),
      ContentRange: `bytes 0-${object.length - 1}/${object.length}`,
      LastModified: new Date(now),
    });
  };
  return { objects, read, aws };
}

/** What `hunt` prints of results. */
async function printedOf(objects: Map<string, Buffer | Error>, batches: number): Promise<ReplayFinding[]> {
  const merging = createMergingOfFiles(catalogue, settings, now);
  const printed: ReplayFinding[] = [];
  for (let batch = 0; batch < batches; batch++) {
    const text = gunzipSync(objects.get(`reports/${keyOf(batch)}`) as Buffer).toString("utf8");
    for (const line of text.trimEnd().split("\n").slice(1)) {
      const result = JSON.parse(line) as FileResult;
      if (!("unread" in result)) printed.push(...(await merging.take({ oldest: Number.NaN, ...result })));
    }
  }
  return [...printed, ...(await merging.end()).findings];
}

/** A table that keeps what it gets, and the import into it. */
function anImport(objects: Map<string, Buffer | Error>, own: { msPerFinding?: number } = {}) {
  const kept = new Map<string, ImportedFinding>();
  const { aws, read } = buckets(objects);
  let clock = now;
  const importHunt = createImportHunt({ settings, aws, catalogue, reports: "reports", now: () => clock });
  const put = (finding: ImportedFinding) => {
    clock += own.msPerFinding ?? 0;
    const isNew = !kept.has(finding.id);
    if (isNew) kept.set(finding.id, finding);
    return Promise.resolve(isNew);
  };
  const ask = (batches: number, from = 0): Promise<ImportCounts> => {
    const until = clock + 300_000;
    const invocation = { awsRequestId: "r", getRemainingTimeInMillis: () => until - clock };
    return importHunt({ hunt, batches, from }, put, invocation);
  };
  return { kept, read, ask };
}

/** A result with one log file, of these findings. */
function aResult(findings: unknown, own: object = {}, batch = 0): Map<string, Buffer> {
  const file = { key: "x", records: 1, findings, counted: [], asked: [], facts: [], failures: [], ...own };
  return new Map([
    [`reports/${keyOf(batch)}`, gzipSync(`${JSON.stringify({ batch })}\n${JSON.stringify(file)}\n`)],
  ]);
}

const source = `s3://logs/AWSLogs/${account}/CloudTrail/us-west-2/2026/05/04/x.json.gz`;
const good = {
  id: "11111111-0000-4000-8000-000000000001#iam-admin-policy-attached-user",
  eventID: "11111111-0000-4000-8000-000000000001",
  detection: "iam-admin-policy-attached-user",
  severity: "critical",
  title: "Administrator",
  actor: { type: "IAMUser", name: "mallory", arn: `arn:aws:iam::${account}:user/mallory` },
  account,
  region: "us-west-2",
  eventTime: "2026-05-04T10:00:00Z",
  event: "iam:AttachUserPolicy",
  evidence: [
    { parameter: "requestParameters.policyArn", value: "arn:aws:iam::aws:policy/AdministratorAccess" },
  ],
  resources: [{ type: "AWS::IAM::User", id: "bob" }],
  source,
};

describe("the findings of a hunt, as the function reads them", () => {
  const files = 140;
  const stored = new Map<string, Buffer | Error>();
  let batches = 0;

  before(async () => {
    const { aws, objects } = buckets(stored);
    const handle = createOnHistory({
      settings,
      platform: { aws, now: () => now, write: () => {} },
      catalogue,
    });
    const all: Batch["files"] = [];
    for (const { key, content } of logFileSet(files)) {
      objects.set(`logs/${key}`, content);
      all.push([key, content.length]);
    }
    all.sort(([a], [b]) => (a < b ? -1 : 1));
    for (let at = 0; at < all.length; at += 13) {
      const batch = { number: batches++, files: all.slice(at, at + 13) };
      await handle(
        { hunt: { id: hunt, bucket: "logs", now }, batch },
        { awsRequestId: "1", getRemainingTimeInMillis: () => 900_000 },
      );
    }
  });

  it("are those that hunt prints: single ones, bursts, novelties, and what other records decide", async () => {
    const { kept, ask } = anImport(stored);
    const counts = await ask(batches);
    const printed = await printedOf(stored, batches);
    expect([...kept.keys()]).to.deep.equal([...new Set(printed.map(({ id }) => id))]);
    expect(printed.some(({ id }) => id.startsWith("burst-"))).to.equal(true);
    expect(counts).to.deep.equal({
      imported: kept.size,
      already: 0,
      // Broken files, which only hunt reads.
      refused: { "a log file that the function could not read: only hunt has its findings": 2 },
    });
    expect(await ask(batches), "again").to.deep.include({ imported: 0, already: kept.size });
  });

  it("take several requests if there are many, each of which goes on where the last one ended", async () => {
    const { kept, ask } = anImport(stored, { msPerFinding: 5_000 });
    const all: ImportCounts[] = [];
    for (let from: number | undefined = 0; from !== undefined; from = all.at(-1)?.next)
      all.push(await ask(batches, from));
    const printed = await printedOf(stored, batches);
    expect(all.length).to.be.greaterThan(2);
    expect(all.reduce((sum, { imported }) => sum + imported, 0)).to.equal(kept.size);
    expect([...kept.keys()]).to.deep.equal([...new Set(printed.map(({ id }) => id))]);
    expect(all.flatMap(({ refused }) => Object.values(refused)).reduce((a, b) => a + b)).to.equal(2);
  });

  it("are kept with what a list shows of them, and the evidence", async () => {
    const { kept, ask } = anImport(aResult([good]));
    expect(await ask(1)).to.deep.equal({ imported: 1, already: 0, refused: {} });
    const { actor, event, eventID, ...rest } = good;
    expect(rest.id).to.equal(`${eventID}#${rest.detection}`);
    expect([...kept.values()]).to.deep.equal([
      {
        ...rest,
        actor: actor.arn,
        event: event.slice("iam:".length),
        at: Date.parse(good.eventTime),
      },
    ]);
  });

  const notFinding = "not a finding";
  const notResult = "not a result of the function for old log files";
  const hostile: [what: string, finding: unknown, reason: string][] = [
    ["a number", 7, notResult],
    ["null", null, notResult],
    ["no finding", { hello: "world" }, notFinding],
    ["a key of the table", { ...good, id: `switch#${good.detection}` }, notFinding],
    ["another key of the table", { ...good, id: "switch" }, notFinding],
    ["an ID with a third part", { ...good, id: `${good.id}#x` }, notFinding],
    ["the ID of another detection", { ...good, detection: "iam-user-created" }, notFinding],
    ["the ID of something sent by hand", { ...good, id: `sent-1#${good.detection}` }, notFinding],
    [
      "a detection that there is not",
      { ...good, id: "1#no-such", detection: "no-such" },
      "of a detection that the deployed function does not have",
    ],
    ["a severity that there is not", { ...good, severity: "apocalyptic" }, notFinding],
    ["an object as its account", { ...good, account: { toString: 1 } }, notFinding],
    ["no time", { ...good, eventTime: "soon" }, notFinding],
    ["resources that are none", { ...good, resources: ["bob"] }, notFinding],
    ["evidence that is none", { ...good, evidence: "all of it" }, notFinding],
    ["a time to come", { ...good, eventTime: "2027-05-04T10:00:00Z" }, "later than now"],
    [
      "a log file of another bucket",
      { ...good, source: source.replace("//logs/", "//evil/") },
      "of a log file in another bucket",
    ],
    ["a file on a disk", { ...good, source: "/etc/passwd" }, "of a log file in another bucket"],
    [
      "a log file of another account",
      { ...good, account: "999988887777" },
      "of another account than its log file",
    ],
  ];
  for (const [what, finding, reason] of hostile)
    it(`are refused when they are made up: ${what}`, async () => {
      const { kept, ask } = anImport(aResult([finding]));
      expect(await ask(1)).to.deep.equal({ imported: 0, already: 0, refused: { [reason]: 1 } });
      expect([...kept]).to.deep.equal([]);
    });

  it("are the good ones of a file with others", async () => {
    const { kept, ask } = anImport(aResult([{ hello: 1 }, good, { ...good, severity: 1, eventID: "" }]));
    expect(await ask(1)).to.deep.equal({ imported: 1, already: 0, refused: { [notFinding]: 2 } });
    expect([...kept.keys()]).to.deep.equal([good.id]);
  });

  const results: [what: string, content: Map<string, Buffer | Error>, reason: string][] = [
    [
      "is not there",
      new Map(),
      "a batch without a result that can be read: run npx cloudtrailer hunt --resume, and look at the bucket",
    ],
    ["is no gzip", new Map([[`reports/${keyOf(0)}`, Buffer.from("hello")]]), notResult],
    ["is no JSON", new Map([[`reports/${keyOf(0)}`, gzipSync("hello\nworld\n")]]), notResult],
    ["is empty", new Map([[`reports/${keyOf(0)}`, gzipSync("")]]), notResult],
    [
      "is cut off",
      new Map([[`reports/${keyOf(0)}`, gzipSync('{"batch":0}\n{}').subarray(0, 20)]]),
      notResult,
    ],
    [
      "is another batch's",
      new Map([[`reports/${keyOf(0)}`, [...aResult([good], {}, 1).values()][0] as Buffer]]),
      notResult,
    ],
    ["has no lists", aResult("all", { counted: {} }), notResult],
    ["has hits that are none", aResult([], { counted: [{ hit: 1, record: null }] }), notResult],
    [
      "has a line without an end",
      aResult([{ ...good, title: "x".repeat(40 * 1024 ** 2) }]),
      "a result that is too large",
    ],
  ];
  for (const [what, content, reason] of results)
    it(`are refused together if a result ${what}`, async () => {
      const { kept, ask } = anImport(content);
      expect(await ask(1)).to.deep.equal({ imported: 0, already: 0, refused: { [reason]: 1 } });
      expect([...kept]).to.deep.equal([]);
    });

  it("are asked for again when AWS fails for a moment", async () => {
    const { ask } = anImport(new Map([[`reports/${keyOf(0)}`, awsError("SlowDown", "Please reduce")]]));
    const error = await ask(1).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error?.name).to.equal("SlowDown");
  });
});
