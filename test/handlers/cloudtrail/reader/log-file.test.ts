import { expect } from "chai";
import { gzipSync } from "node:zlib";
import { feedGzip, feedInflated } from "../../../../handlers/cloudtrail/reader/gzip";
import type { LogFileLimits, ReadLogFile, Wanted } from "../../../../handlers/cloudtrail/reader/index";
import { createReader } from "../../../../handlers/cloudtrail/reader/log-file";
import { createPlainScanners } from "../../../../handlers/cloudtrail/reader/plain";
import { createFastestScanners } from "../../../../handlers/cloudtrail/reader/scanners";
import type { CloudTrailRecord } from "../../../../handlers/cloudtrail/record";
import { aRecord } from "../../../support/factories";

const source = "s3://logs/AWSLogs/111122223333/CloudTrail/us-west-2/2026/05/04/a.json.gz";
const limits: LogFileLimits = { maxInflatedBytes: 1e9, maxRecordBytes: 4e6 };
const attach: Wanted = { events: [{ name: "AttachUserPolicy" }, { name: "AddPermission" }], hints: [] };

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function problemOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("expected an error, found none");
}

const logFile = (...records: unknown[]) => JSON.stringify({ Records: records });

/** The kernel and its fallback: readers of log files cannot tell which one runs. */
const ways = { "with the kernel": createFastestScanners, "without it": createPlainScanners };

for (const [way, createScanners] of Object.entries(ways))
  describe(`the reader of log files, ${way}`, () => {
    const createReadLogFile = (wanted: Wanted, own: LogFileLimits): ReadLogFile =>
      createReader(wanted, own, feedGzip, createScanners);
    const createReadInflatedLogFile = (wanted: Wanted, own: LogFileLimits): ReadLogFile =>
      createReader(wanted, own, feedInflated, createScanners);

    /** What is passed on from a text, and the bytes of its records. */
    async function read(
      text: string | Buffer,
      {
        wanted = attach,
        size = 1e6,
        own = {},
      }: { wanted?: Wanted; size?: number; own?: Partial<LogFileLimits> } = {},
    ) {
      const handedOn: CloudTrailRecord[] = [];
      const hinted: number[] = [];
      const raw: string[] = [];
      const counts = await createReadLogFile(wanted, { ...limits, ...own })(
        source,
        inChunks(gzipSync(text), size),
        {
          record: (record, bits) => {
            handedOn.push(record);
            hinted.push(bits);
          },
          raw: (json) => raw.push(json.toString("utf8")),
        },
      );
      return { handedOn, hinted, raw, counts };
    }

    it("passes on the records whose event is wanted, and every record's bytes, in order", async () => {
      const wanted = aRecord({ eventID: "1" });
      const other = aRecord({ eventID: "2", eventName: "ListUsers" });
      const text = `{ "Records" : [ ${JSON.stringify(wanted, undefined, 2)},\n${JSON.stringify(other)} ] }\n`;
      const { handedOn, raw, counts } = await read(text);
      expect(handedOn).deep.equal([wanted]);
      expect(raw).deep.equal([JSON.stringify(wanted, undefined, 2), JSON.stringify(other)]);
      expect(counts).deep.equal({ records: 2, parsed: 1, bytes: Buffer.byteLength(text) });
    });

    for (const eventName of ["AddPermission20150331v2", "AddPermission20150331", "AddPermission20190930v1_1"])
      it(`takes the API date off ${eventName}`, async () => {
        expect((await read(logFile(aRecord({ eventName })))).handedOn.length).equal(1);
      });

    it("passes on a record with a hint in its field, says which, and one whose escapes may hide one", async () => {
      const hints: Wanted["hints"] = [
        { field: "userAgent", texts: ["kali"] },
        { field: "errorCode", texts: ["AccessDenied", "Unauthorized"] },
      ];
      const denied = aRecord({ eventName: "ListUsers", errorCode: "Client.UnauthorizedOperation" });
      const both = aRecord({ eventName: "ListUsers", errorCode: "AccessDenied", userAgent: "a kali/1" });
      const elsewhere = aRecord({ eventName: "ListUsers", requestParameters: { errorCode: "AccessDenied" } });
      const escaped = JSON.stringify(denied).replace("Unauthorized", "\\u0055nauthorized");
      const text = `{"Records":[${[denied, both, elsewhere].map((one) => JSON.stringify(one)).join()},${escaped},${JSON.stringify(aRecord())}]}`;
      const { handedOn, hinted } = await read(text, { wanted: { ...attach, hints } });
      expect(handedOn).deep.equal([denied, both, denied, aRecord()]);
      expect(hinted).deep.equal([0b10, 0b11, 0b11, 0]);
    });

    it("passes on, for an event with texts in a field, the records that have or may hide one there", async () => {
      const wanted: Wanted = {
        events: [
          { name: "GetObject", inIdentity: ['"IAMUser"'] },
          { name: "PutObject", inParameters: ["kms"], inIdentity: ['"Root"'] },
        ],
        hints: [],
      };
      const [user, root, role] = ["IAMUser", "Root", "AssumedRole"].map((type) => ({ type }));
      const one = (eventName: string, userIdentity: object | undefined, requestParameters: unknown = {}) => ({
        eventName,
        userIdentity,
        requestParameters,
      });
      const handed = [
        one("GetObject", user),
        one("GetObject", { type: "AssumedRole", userName: 'a"b' }),
        one("PutObject", root),
        one("PutObject", role, { key: "kms" }),
        one("PutObject", role, { key: 'a"b' }),
        one("PutObject", role, "HIDDEN"),
      ];
      const passedOver = [
        one("GetObject", role, { key: "IAMUser" }),
        one("GetObject", role, { key: 'a"b' }),
        one("GetObject", role, "HIDDEN"),
        one("PutObject", user),
        one("DeleteObject", user),
      ];
      const { handedOn } = await read(logFile(...handed, ...passedOver), { wanted });
      expect(handedOn).to.deep.equal(handed);
    });

    it("runs a hint's test of another field once per string, and not for anything else", async () => {
      const asked: string[] = [];
      const may = (address: string) => asked.push(address) > 0 && address.startsWith("203.");
      const hints: Wanted["hints"] = [
        { field: "userAgent", texts: ["kali"], and: { field: "sourceIPAddress", may } },
      ];
      const from = (sourceIPAddress: unknown, userAgent = "kali") =>
        aRecord({ eventName: "ListUsers", userAgent, sourceIPAddress: sourceIPAddress as string });
      const outside = from("203.0.113.7");
      const odd = from({ toString: 1 });
      const records = [
        outside,
        from("10.0.0.1"),
        from("203.0.113.9", "curl"),
        odd,
        outside,
        from("10.0.0.1"),
      ];
      const { handedOn } = await read(logFile(...records), { wanted: { ...attach, hints } });
      expect(handedOn).deep.equal([outside, odd, outside]);
      expect(asked).deep.equal(["203.0.113.7", "10.0.0.1"]);
    });

    it("passes on every record if a hint holds for every record", async () => {
      const { handedOn, hinted } = await read(logFile(aRecord({ eventName: "ListUsers" }), aRecord()), {
        wanted: { ...attach, hints: [{ field: "userAgent", texts: ["kali"] }, undefined] },
      });
      expect(handedOn.length).equal(2);
      expect(hinted).deep.equal([0b10, 0b10]);
    });

    const evasions: Record<string, { text: string; handedOn: number }> = {
      "a name in a nested object": {
        text: '{"Records":[{"requestParameters":{"eventName":"AttachUserPolicy"}}]}',
        handedOn: 0,
      },
      "a name after a nested object": {
        text: '{"Records":[{"requestParameters":{"eventName":"ListUsers","x":[{"eventName":"a"}]},"eventName":"AttachUserPolicy"}]}',
        handedOn: 1,
      },
      "records in a nested array": {
        text: '{"x":{"Records":[{"eventName":"AttachUserPolicy"}]},"Records":[]}',
        handedOn: 0,
      },
      "a border in a string": {
        text: '{"Records":[{"a":"},{\\"eventName\\":\\"AttachUserPolicy\\"}","eventName":"ListUsers"}]}',
        handedOn: 0,
      },
      "an escaped key": { text: '{"Records":[{"event\\u004eame":"AttachUserPolicy"}]}', handedOn: 1 },
      "an escaped name": { text: '{"Records":[{"eventName":"Attach\\u0055serPolicy"}]}', handedOn: 1 },
      "an escaped Records": { text: '{"Record\\u0073":[{"eventName":"AttachUserPolicy"}]}', handedOn: 1 },
      "a second name that is innocent": {
        text: '{"Records":[{"eventName":"AttachUserPolicy","eventName":"a"}]}',
        handedOn: 0,
      },
      "a second name that is not": {
        text: '{"Records":[{"eventName":"a","eventName":"AttachUserPolicy"}]}',
        handedOn: 1,
      },
      "a name that is no string": { text: '{"Records":[{"eventName":["AttachUserPolicy"]}]}', handedOn: 0 },
      "elements that are no objects": {
        text: '{"Records":[null,1,"AttachUserPolicy",["eventName"],{}]}',
        handedOn: 0,
      },
      "a backslash before the closing quote": {
        text: '{"Records":[{"a":"\\\\","eventName":"AttachUserPolicy"},{"a":"\\\\\\"","eventName":"AttachUserPolicy"}]}',
        handedOn: 2,
      },
    };
    for (const [name, { text, handedOn }] of Object.entries(evasions))
      it(`is not misled by ${name}`, async () => {
        const found = (await read(text)).handedOn;
        expect(found.length).equal(handedOn);
        const all = (JSON.parse(text) as { Records: unknown[] }).Records;
        for (const record of found) expect(all).deep.include(record);
      });

    it("reads the same from chunks of any size: names, escapes and characters may be split anywhere", async () => {
      const record = aRecord({
        userAgent: "日本語 😀 Größe",
        requestParameters: { a: '\\"', b: [1.5e-3, true, null] },
      });
      const text = Buffer.from(
        JSON.stringify({ before: [1], Records: [record, record], after: "x" }, undefined, 1),
      );
      for (const size of [1, 2, 3, 7, 64]) {
        const handedOn: unknown[] = [];
        await createReadInflatedLogFile(attach, limits)(source, inChunks(text, size), {
          record: (one) => handedOn.push(one),
        });
        expect(handedOn, `chunks of ${size}`).deep.equal([record, record]);
      }
    });

    it("reads a record longer than many chunks, and deeper than any call stack", async () => {
      const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
      const long = `{"eventName":"AttachUserPolicy","a":"${"x".repeat(3e6)}"}`;
      const { handedOn, counts } = await read(`{"Records":[{"a":${deep}},${long}]}`);
      expect(handedOn.map((record) => String(record.a).length)).deep.equal([3e6]);
      expect(counts.records).equal(2);
    });

    it("reads several files concurrently", async () => {
      const reader = createReadLogFile(attach, limits);
      const results = await Promise.all(
        Array.from({ length: 8 }, async (_, file) => {
          const records = Array.from({ length: 300 }, (_, index) => aRecord({ eventID: `${file}-${index}` }));
          const seen: string[] = [];
          await reader(source, inChunks(gzipSync(logFile(...records)), 100), {
            record: ({ eventID }) => seen.push(eventID),
          });
          return seen;
        }),
      );
      results.forEach((seen, file) => {
        expect(seen).deep.equal(Array.from({ length: 300 }, (_, index) => `${file}-${index}`));
      });
    });

    const refused: Record<string, { text: string; says: RegExp }> = {
      nothing: { text: "", says: /it is empty/ },
      "a digest": { text: '{"digestS3Bucket":"b","logFiles":[]}', says: /no "Records".*digest/ },
      "Records that are no array": {
        text: '{"Records":{"a":1}}',
        says: /"Records" is not an array: found "\{" at byte 11/,
      },
      "two Records": { text: '{"Records":[],"Records":[]}', says: /second "Records" at byte 14/ },
      "an array": { text: "[]", says: /expected "\{" of .*found "\[" at byte 0|byte 0: expected/ },
      "a byte order mark": { text: '\ufeff{"Records":[]}', says: /byte 0.*0xef/ },
      "a cut end": { text: '{"Records":[{"a":1}', says: /cut off at byte 19: expected , or \]/ },
      "a cut record": { text: '{"Records":[{"a":1', says: /cut off at byte 18/ },
      garbage: { text: '{"Records":[]}x', says: /byte 14: expected nothing more, found "x"/ },
      "a wrong literal in an unwanted record": {
        text: '{"Records":[{},{"a":tru}]}',
        says: /byte 23 in record 2: expected JSON, found "}"/,
      },
      "a wrong escape in an unwanted record": {
        text: '{"Records":[{"a":"\\x"}]}',
        says: /byte 19 in record 1: expected JSON, found "x"/,
      },
      "a control character": { text: '{"Records":[{"a":"\u0001"}]}', says: /byte 18 in record 1.*0x01/ },
      "a missing comma": { text: '{"Records":[{} {}]}', says: /byte 15: expected , or \], found "\{"/ },
    };
    for (const [name, { text, says }] of Object.entries(refused))
      it(`refuses ${name}, and names the file`, async () => {
        const problem = await problemOf(read(text));
        expect(problem.startsWith(`unable to read log file ${source}: `), problem).equal(true);
        expect(problem).match(says);
      });

    const broken: Record<string, { gzip: Buffer; says: RegExp }> = {
      "what is no gzip": {
        gzip: Buffer.from('{"Records":[]}'),
        says: /its gzip is broken: incorrect header check/,
      },
      "gzip that is cut off": {
        gzip: gzipSync(logFile(aRecord())).subarray(0, 200),
        says: /its gzip is broken: unexpected end of file/,
      },
      "gzip with garbage behind it": {
        gzip: Buffer.concat([gzipSync(logFile()), Buffer.from("x")]),
        says: /its gzip is broken/,
      },
    };
    for (const [name, { gzip, says }] of Object.entries(broken))
      it(`refuses ${name}`, async () => {
        const reading = createReadLogFile(attach, limits)(source, inChunks(gzip, 1000), {
          record: () => undefined,
        });
        expect(await problemOf(reading))
          .match(says)
          .and.include(source);
      });

    it("refuses what inflates to more than the limit", async () => {
      const text = `{"a":"${" ".repeat(1e6)}","Records":[]}`;
      expect(await problemOf(read(text, { own: { maxInflatedBytes: 5e5 } }))).match(
        /inflates to more than 500000 bytes/,
      );
    });

    it("refuses a record longer than the limit, whether it ends or not", async () => {
      const own = { maxRecordBytes: 1000 };
      const long = { a: "x".repeat(2000) };
      for (const text of [logFile({}, long), JSON.stringify({ Records: [{}, long] }).slice(0, 1500)])
        expect(await problemOf(read(text, { own, size: 100 }))).match(
          /record 2 at byte 15 is longer than 1000 bytes/,
        );
    });

    it("reads what a few bytes inflate to chunk by chunk, and no further than the consumer is ready for", async () => {
      const records = Array.from({ length: 40 }, (_, index) =>
        aRecord({ eventID: `${index}`, requestParameters: { policyDocument: " ".repeat(1_000_000) } }),
      );
      const gzip = gzipSync(logFile(...records));
      expect(gzip.length).lessThan(64 * 1024);
      let held = 0;
      let max = 0;
      let bytes = 0;
      const counts = await createReadLogFile(attach, limits)(source, inChunks(gzip, 1e6), {
        record: (_record, _hinted, ofRecord) => {
          max = Math.max(max, ++held);
          bytes += ofRecord;
        },
        wait: () =>
          held === 0
            ? undefined
            : new Promise((resolve) => {
                setImmediate(() => {
                  held = 0;
                  resolve();
                });
              }),
      });
      expect(counts.parsed).equal(40);
      // An incomplete record is scanned again only when twice as much is there.
      expect(max).at.most(2);
      expect(bytes).equal(records.reduce((sum, one) => sum + JSON.stringify(one).length, 0));
    });

    it("ends with the thrown error instead of waiting", async () => {
      const reading = createReadLogFile(attach, limits)(source, inChunks(gzipSync(logFile(aRecord())), 1e6), {
        record: () => undefined,
        wait: () => {
          throw new Error("the time is up");
        },
      });
      expect(await problemOf(reading)).equal(`unable to read log file ${source}: the time is up`);
    });

    it("passes on the error of its source", async () => {
      const failing = async function* () {
        yield gzipSync(logFile(aRecord())).subarray(0, 50);
        throw new Error("the connection was reset");
      };
      const reading = createReadLogFile(attach, limits)(source, failing(), { record: () => undefined });
      expect(await problemOf(reading)).equal(`unable to read log file ${source}: the connection was reset`);
    });
  });
