import { expect } from "chai";
import fc from "fast-check";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import type { Reports } from "../../../cli/hunt/access";
import { batchesOf } from "../../../cli/hunt/plan";
import { createResults } from "../../../cli/hunt/results";
import type { ReplaySettings } from "../../../cli/replay/findings";
import { createMerging } from "../../../cli/replay/merging";
import { createReadSource } from "../../../cli/replay/read-source";
import type { S3Reader } from "../../../cli/replay/s3";
import type { CallAws } from "../../../handlers/aws/call";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { detections } from "../../../handlers/detections/index";
import type { Hunt } from "../../../handlers/history/batch";
import { createOnHistory } from "../../../handlers/on-history";
import { remediations } from "../../../handlers/remediations/index";
import { aRecord, account, awsError, someSettings } from "../../support/factories";

const now = Date.parse("2026-06-01T00:00:00Z");
const began = Date.parse("2026-05-04T10:00:00Z");
const hunt: Hunt = { id: "2026-06-01T00-00-00-abcd", bucket: "logs", now };
const { mode, detections: overrides, exceptions, context } = someSettings({ mode: "alert" });
const settings: ReplaySettings = { mode, detections: overrides, exceptions, context };

const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
const own = `arn:aws:iam::${account}:policy/wide`;
const document = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';

/** Calls that make a finding alone, in a burst, as a novelty, by another record's document, or not at all. */
const calls: Record<string, Partial<CloudTrailRecord>> = {
  attached: { requestParameters: { userName: "bob", policyArn: admin } },
  attachedOwn: { requestParameters: { userName: "bob", policyArn: own } },
  created: {
    eventName: "CreatePolicy",
    requestParameters: { policyName: "wide", policyDocument: document },
    responseElements: { policy: { arn: own } },
  },
  refused: { eventName: "ListUsers", errorCode: "AccessDenied", requestParameters: null },
  listed: { eventName: "ListUsers", requestParameters: null },
  bucketsListed: { eventSource: "s3.amazonaws.com", eventName: "ListBuckets", requestParameters: null },
  started: {
    eventSource: "ec2.amazonaws.com",
    eventName: "RunInstances",
    responseElements: { instancesSet: { items: [{ instanceId: "i-1" }] } },
  },
};

const call = fc.record({
  what: fc.constantFrom(...Object.keys(calls)),
  user: fc.constantFrom("mallory", "alice"),
  seconds: fc.oneof(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 5 * 86_400 })),
  times: fc.constantFrom(1, 1, 1, 8, 40),
});

function recordsOf(
  all: { what: string; user: string; seconds: number; times: number }[],
): CloudTrailRecord[] {
  return all.flatMap(({ what, user, seconds, times }) =>
    Array.from({ length: times }, (_, time) =>
      aRecord({
        ...calls[what],
        userIdentity: {
          type: "IAMUser",
          arn: `arn:aws:iam::${account}:user/${user}`,
          userName: user,
          accountId: account,
        },
        eventTime: new Date(began + (seconds + time) * 1_000).toISOString().replace(".000", ""),
        eventID: `${what}-${user}-${seconds + time}`,
      }),
    ),
  );
}

/** A file: whole, broken off, in another form, or not there at all. */
const file = fc.record({
  calls: fc.array(call, { maxLength: 6 }),
  form: fc.constantFrom("whole", "whole", "whole", "whole", "cut", "lines", "missing"),
});

function contentOf({
  calls: all,
  form,
}: {
  calls: Parameters<typeof recordsOf>[0];
  form: string;
}): Buffer | undefined {
  if (form === "missing") return undefined;
  const records = recordsOf(all);
  if (form === "lines") return Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  const whole = gzipSync(JSON.stringify({ Records: records }));
  return form === "cut" ? whole.subarray(0, whole.length - 12) : whole;
}

const missing = () => awsError("NoSuchKey", "The specified key does not exist.");

function aBucket(objects: Map<string, Buffer>, results: Map<string, Buffer>) {
  const s3: S3Reader = {
    list: () => expect.fail("nothing is listed"),
    get(_, key) {
      const object = objects.get(key);
      return object === undefined ? Promise.reject(missing()) : Promise.resolve(Readable.from([object]));
    },
  };
  const aws: CallAws = ({ operation, input }) => {
    if (operation === "PutObject") {
      results.set(String(input.Key), input.Body as Buffer);
      return Promise.resolve({});
    }
    const object = objects.get(String(input.Key));
    if (object === undefined) return Promise.reject(missing());
    const ContentRange = `bytes 0-${object.length - 1}/${object.length}`;
    return Promise.resolve({ Body: Readable.from([object]), ContentRange, LastModified: new Date(now) });
  };
  const reports: Reports = {
    put: () => expect.fail("nothing is written"),
    get: (key) => Promise.resolve(results.get(key) as Buffer),
    list: (prefix) => Promise.resolve([...results.keys()].filter((key) => key.startsWith(prefix)).sort()),
  };
  return { s3, aws, reports };
}

/** Gathers what a merging prints. */
function aPrinter() {
  const printed: unknown[] = [];
  return {
    printed,
    out: {
      print: (finding: unknown) => void printed.push(JSON.parse(JSON.stringify(finding))),
      problems: { add: (problem: unknown) => void printed.push(problem) },
    },
  };
}

describe("the results of a hunt", () => {
  it("are replay's, whatever is in the files, however they are batched, and in whatever order batches end", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.nat()),
        async (files, perBatch, random) => {
          const keys = files.map((_, index) => `AWSLogs/${String(index).padStart(3, "0")}.json.gz`);
          const objects = new Map<string, Buffer>();
          files.forEach((one, index) => {
            const content = contentOf(one);
            if (content !== undefined) objects.set(String(keys[index]), content);
          });
          const sizes = keys.map((key): [string, number] => [key, objects.get(key)?.length ?? 0]);
          const stored = new Map<string, Buffer>();
          const { s3, aws, reports } = aBucket(objects, stored);
          const readSource = createReadSource(settings, now, s3);

          const replayed = aPrinter();
          const replaying = createMerging(settings, now, replayed.out);
          for (const [key, bytes] of sizes)
            await replaying.take(
              await readSource({ kind: "s3", bucket: "logs", key, bytes, isNamed: false }),
            );
          const open = await replaying.end();

          const batches = batchesOf(sizes, { files: perBatch, bytes: 1e9 });
          const handle = createOnHistory({
            settings: someSettings({ mode: "alert", reports: "reports" }),
            platform: { aws, now: () => now, write: () => {} },
            catalogue: { detections, remediations },
          });
          const run = (number: number) =>
            handle(
              { hunt, batch: batches[number] as (typeof batches)[number] },
              { awsRequestId: "1", getRemainingTimeInMillis: () => 900_000 },
            );
          // Killed: some batches have ended, in any order, some of them twice. Resumed: the rest.
          for (let times = random.next().value % (2 * batches.length); times > 0; times--)
            await run(random.next().value % batches.length);
          const results = await createResults(reports, hunt);
          try {
            await results.fetch();
            for (const number of results.missing(batches.length).reverse()) await run(number);
            expect((await results.fetch()).batches).to.equal(batches.length);
            const hunted = aPrinter();
            const hunting = createMerging(settings, now, hunted.out);
            await results.merge(hunting, readSource);
            expect(await hunting.end()).to.deep.equal(open);
            expect(hunted.printed).to.deep.equal(replayed.printed);
            expect(hunting.counts()).to.deep.equal(replaying.counts());
          } finally {
            await results.close();
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
