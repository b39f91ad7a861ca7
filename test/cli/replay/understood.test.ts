import { expect } from "chai";
import { spawn } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { aRecord } from "../../support/factories";
import { aFolder, someRecords } from "./support";
import { tarOf } from "./writers";

const log = JSON.stringify({ Records: someRecords });
const line = JSON.stringify(aRecord());

describe("replay says what it has not understood", () => {
  let folder: ReturnType<typeof aFolder>;
  beforeEach(() => {
    folder = aFolder();
  });
  afterEach(() => folder.remove());

  it("reads a log after the zeros that a truncation left while it was written to", async () => {
    const zeros = "\0".repeat(600);
    const { code, err, found } = await folder.findings(folder.put("data", `${zeros}${line}\n${line}\n`));
    expect(err).deep.equal([]);
    expect(code).equal(0);
    expect(found.length).equal((await folder.findings(folder.put("plain", line))).found.length);
  });

  const refused: Record<string, { content: string | Uint8Array; reason: RegExp }> = {
    "an empty file": { content: "", reason: /it is empty$/ },
    "an empty gzip": { content: gzipSync(""), reason: /it is empty$/ },
    blanks: { content: " \n\n", reason: /found none$/ },
    "an archive without files": { content: zipSync({}), reason: /a zip without files$/ },
    "nothing but zeros": { content: Buffer.alloc(600), reason: /bytes of an unknown format/ },
    "zeros between other bytes": {
      content: `${line.slice(0, 40)}\0${line.slice(40)}`,
      reason: /bytes of an unknown format/,
    },
    notes: { content: "Dear diary,\ntoday", reason: /found a line without JSON: "Dear diary,"$/ },
    "other JSON": { content: '{"hello":"world"}', reason: /found an object with "hello"$/ },
    "a record without a name": {
      content: JSON.stringify({ Records: [{ ...aRecord(), eventName: undefined }] }),
      reason: /found an object without eventName, with "eventVersion", "userIdentity"/,
    },
    "a record without a source": {
      content: JSON.stringify({ ...aRecord(), eventSource: "" }),
      reason: /found an object without eventSource, with/,
    },
    "an excerpt of a record": {
      content: JSON.stringify({ eventTime: "x", eventSource: "iam.amazonaws.com", eventName: "CreateUser" }),
      reason: /found an excerpt of a record, without userIdentity and requestParameters$/,
    },
    "LookupEvents without the records": {
      content: JSON.stringify([
        { EventId: "1", EventName: "CreateUser", Username: "mallory", EventSource: "iam.amazonaws.com" },
      ]),
      reason: /found a LookupEvents event without its CloudTrailEvent/,
    },
    "the console's event history": {
      content:
        "Event name,Event time,User name,Event source,Resource type,Resource name\nCreateUser,2026,mallory,iam.amazonaws.com,,\n",
      reason: /the console's event history as CSV, .*"Download JSON"/,
    },
    "the console's event history with all columns": {
      content:
        'AWS access key,AWS region,Error code,Event ID,Event name,Event source,Event time,Read-only,Request ID,Resource name,Resource type,Source IP address,User name\nA,us-east-1,,1,CreateUser,iam.amazonaws.com,"May 04, 2026, 10:00:00",false,2,,,1.2.3.4,mallory\n',
      reason: /the console's event history as CSV, .*"Download JSON"/,
    },
    "another table": {
      content: "date,amount\n2026,1\n",
      reason: /found a table with the columns "date", "amount"$/,
    },
    "a table that lacks columns": {
      content: "eventname,eventsource,eventtime,useridentity\nCreateUser,iam.amazonaws.com,2026,\n",
      reason: /it has no column for requestParameters: detections that read them find nothing/,
    },
    Parquet: {
      content: Buffer.concat([Buffer.from("PAR1"), Buffer.alloc(100)]),
      reason: /: Parquet: convert it/,
    },
    ORC: { content: Buffer.concat([Buffer.from("ORC"), Buffer.alloc(100)]), reason: /: ORC: convert it/ },
    Avro: {
      content: Buffer.concat([Buffer.from("Obj\x01"), Buffer.alloc(100)]),
      reason: /: Avro: convert it/,
    },
    xz: { content: Buffer.from("fd377a585a0000", "hex"), reason: /: xz: unpack it with `xz -d`$/ },
    "an Excel workbook": {
      content: zipSync({ "xl/workbook.xml": Buffer.from("<x/>") }),
      reason: /an Excel workbook: save its sheet as CSV$/,
    },
    "a ciphertext of KMS": {
      content: Buffer.from(`0102020078${"ab".repeat(100)}`, "hex"),
      reason: /: encrypted by AWS KMS: decrypt it first/,
    },
    "a ciphertext of KMS as base64": {
      content: Buffer.from(`0102020078${"ab".repeat(100)}`, "hex").toString("base64"),
      reason: /base64 of something encrypted by AWS KMS/,
    },
    "a message of the AWS Encryption SDK": {
      content: Buffer.from(`020478${"ab".repeat(100)}`, "hex"),
      reason: /: encrypted by the AWS Encryption SDK/,
    },
    "a ciphertext of PGP": { content: "-----BEGIN PGP MESSAGE-----\n\nabc\n", reason: /encrypted by PGP/ },
    "random bytes": {
      content: Buffer.from("9c01ffee00aabbccddeeff00112233445566778899", "hex"),
      reason: /bytes of an unknown format, which begin with 9c01ffee00aabbcc \(encrypted, perhaps\)$/,
    },
    "an error of S3": {
      content: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>',
      reason: /found an S3 error instead of an object$/,
    },
    "a page to sign in": { content: "<!DOCTYPE html><html></html>", reason: /found an HTML page/ },
    "XML of Splunk": {
      content: "<?xml version='1.0'?>\n<results preview='0'></results>",
      reason: /found Splunk XML: export as JSON/,
    },
    "a pointer of Git LFS": {
      content: "version https://git-lfs.github.com/spec/v1\noid sha256:1\n",
      reason: /found a Git LFS pointer/,
    },
    "findings of GuardDuty": {
      content: JSON.stringify([{ schemaVersion: "2.0", service: { serviceName: "guardduty" } }]),
      reason: /found a GuardDuty finding$/,
    },
    "an OCSF event": {
      content: JSON.stringify({ class_uid: 6003, metadata: { product: { name: "CloudTrail" } }, api: {} }),
      reason: /found an OCSF event \(Security Lake\)/,
    },
    "UTF-32": { content: Buffer.from("fffe00007b000000", "hex"), reason: /found UTF-32: convert it/ },
    "broken YAML": {
      content: "Events:\n- CloudTrailEvent: 'x\n  y: z\n",
      reason: /its YAML is broken on line \d+/,
    },
  };
  for (const [what, { content, reason }] of Object.entries(refused))
    it(`names ${what}, and ends with 2`, async () => {
      const path = folder.put("data", content);
      const { code, err, found } = await folder.findings(path);
      expect(found).deep.equal([]);
      expect(err[0]).match(reason);
      expect(err[0]).include(path);
      expect(code).equal(2);
    });

  const withoutRecords: Record<string, { content: string; what: string }> = {
    "a digest file": {
      content: JSON.stringify({ digestS3Bucket: "b", digestEndTime: "x", logFiles: [] }),
      what: "digest file",
    },
    "a file of Insights": {
      content: JSON.stringify({
        Records: [
          { eventType: "AwsCloudTrailInsight", insightDetails: { eventName: "x", eventSource: "y" } },
        ],
      }),
      what: "Insights event",
    },
    "S3's test of a notification": {
      content: JSON.stringify({ Service: "Amazon S3", Event: "s3:TestEvent" }),
      what: "test message",
    },
    "CloudTrail's test of a topic": {
      content: "CloudTrail validation message.",
      what: "test message",
    },
    "CloudWatch's test of a bucket": {
      content: "Permission Check Successful",
      what: "test message",
    },
    "CloudWatch's test of a subscription": {
      content: JSON.stringify({ messageType: "CONTROL_MESSAGE", logEvents: [] }),
      what: "test message",
    },
    "another event of EventBridge": {
      content: JSON.stringify({ "detail-type": "GuardDuty Finding", detail: { id: "1" } }),
      what: 'EventBridge event "GuardDuty Finding"',
    },
    "a file of the Finder": { content: "\0\0\0\x01Bud1\0", what: "macOS folder settings" },
  };
  for (const [what, { content, what: named }] of Object.entries(withoutRecords)) {
    it(`ignores ${what} by name`, async () => {
      const path = folder.put("x/data", content);
      folder.put("x/log", log);
      const { code, err } = await folder.findings(join(folder.path, "x"));
      expect(err).deep.equal([`cloudtrailer replay: passed over ${path}: ${named}`]);
      expect(code).equal(0);
    });
    it(`ends with 2 where there is nothing but ${what}`, async () => {
      const { code, err } = await folder.findings(folder.put("data", content));
      expect(err.at(-1)).equal("cloudtrailer replay: expected CloudTrail records, found none");
      expect(code).equal(2);
    });
  }

  for (const content of [
    '{"Records":[]}',
    "[]",
    '{"Events":[]}',
    '{"events":[],"nextForwardToken":"f"}',
    '{"ResultSet":{"Rows":[]}}',
  ])
    it(`understands that there is nothing in ${content}`, async () => {
      const { code, err, out } = await folder.replay(folder.put("data", content));
      expect(err).deep.equal([]);
      expect(out).deep.equal(["0 findings in 0 records of 1 file"]);
      expect(code).equal(0);
    });

  const partly: Record<string, { content: string | Uint8Array; findings: number; reasons: RegExp[] }> = {
    "a bad line": {
      content: `${line}\n{oops\n${line}\n`,
      findings: 1,
      reasons: [/line 2: its JSON is broken at byte \d+: expected a key or \}, found "o"$/],
    },
    "a line of text": {
      content: `Downloading…\n${line}\n`,
      findings: 1,
      reasons: [/not a record: a line without JSON \(line 1: "Downloading…"\)$/],
    },
    "an entry of another kind": {
      content: JSON.stringify({ Records: [aRecord(), { hello: 1 }, null] }),
      findings: 1,
      reasons: [
        /not a record: an object with "hello" \(line 1\)$/,
        /not a record: null instead of a record \(line 1\)$/,
      ],
    },
    "an object between lines": {
      content: `${line}\n{"hello":1}\n`,
      findings: 1,
      reasons: [/not a record: an object with "hello" \(line 2\)$/],
    },
    "a log file that is cut off": {
      content: log.slice(0, -20),
      findings: 3,
      reasons: [/line 1: its JSON is cut off at byte \d+$/],
    },
    "gzip that is cut off": {
      content: gzipSync(log).subarray(0, -30),
      findings: 3,
      reasons: [/its gzip is broken: it is cut off$/],
    },
    "a row with too few cells": {
      content: `@timestamp,@message\n2026,"${line.replace(/"/g, '""')}"\n2026\n`,
      findings: 1,
      reasons: [/line 3: expected 2 cells, found 1$/],
    },
    "a table that is cut off": {
      content: `@timestamp,@message\n2026,"${line.replace(/"/g, '""')}"\n2026,"{""event`,
      findings: 1,
      reasons: [/its table is cut off inside quotes$/, /in a text inside it/],
    },
    "a message that is cut off": {
      content: JSON.stringify([
        { timestamp: 1, message: line.slice(0, -9) },
        { timestamp: 2, message: line },
      ]),
      findings: 1,
      reasons: [/line 1: in a text inside it: its JSON is cut off/],
    },
    "a message of another program": {
      content: JSON.stringify({
        events: [
          { timestamp: 1, message: "hello" },
          { timestamp: 2, message: line },
        ],
      }),
      findings: 1,
      reasons: [/not a record: a text that is not JSON \(line 1\)$/],
    },
  };
  for (const [what, { content, findings, reasons }] of Object.entries(partly))
    it(`reads all but ${what}, and ends with 2`, async () => {
      const path = folder.put("data", content);
      const { code, err, found } = await folder.findings(path);
      expect(found.length).equal(findings);
      for (const reason of reasons)
        expect(
          err.filter((text) => reason.test(text) && text.includes(`unable to read all of ${path}: `)),
          String(reason),
        ).length(1);
      expect(code).equal(2);
    });

  it("groups what it does not understand in a folder", async () => {
    for (let index = 0; index < 7; index += 1) folder.put(`x/${index}.csv`, "date,amount\n1,2\n");
    folder.put("x/notes.txt", "hello");
    folder.put("x/pic.png", Buffer.from("89504e470d0a1a0a", "hex"));
    folder.put("x/log.json", log);
    const { code, err, found } = await folder.findings(join(folder.path, "x"));
    expect(found.length).equal(3);
    expect(
      err.map((text) => text.replaceAll(`${folder.path}/x/`, "").replace("cloudtrailer replay: ", "")),
    ).deep.equal([
      "passed over 9 files that are not understood: 7 .csv, 1 .txt, 1 .png",
      '  7 .csv: expected CloudTrail records in one of the formats of docs/replay.md, found a table with the columns "date", "amount": 0.csv, 1.csv, 2.csv, 3.csv, 4.csv, 2 more',
      '  1 .txt: expected CloudTrail records in one of the formats of docs/replay.md, found a line without JSON: "hello": notes.txt',
      "  1 .png: an image: pic.png",
    ]);
    expect(code).equal(2);
  });

  it("counts what has no records in a folder", async () => {
    for (let index = 0; index < 7; index += 1)
      folder.put(`x/${index}.json`, JSON.stringify({ digestS3Bucket: "b", digestEndTime: "x" }));
    folder.put("x/log.json", log);
    const { code, err } = await folder.findings(join(folder.path, "x"));
    expect(err[0]).match(/passed over 7 files that have no records: 7 digest file$/);
    expect(err.length).equal(2);
    expect(code).equal(0);
  });

  it("names what is in an archive beside records", async () => {
    const archive = folder.put("x.tar", tarOf({ "a.json": log, "read.me": "hello" }));
    const { code, err, found } = await folder.findings(archive);
    expect(found.map(({ source }) => source)).deep.equal(
      Array.from({ length: 3 }, () => `${archive}!a.json`),
    );
    expect(err.length).equal(1);
    expect(err[0]).include(`unable to read ${archive}!read.me: `);
    expect(code).equal(2);
  });

  it("names folders without files and links that lead nowhere, and does not go in circles", async () => {
    const none = join(folder.path, "none");
    mkdirSync(join(none, "below"), { recursive: true });
    folder.put("x/log.json", log);
    symlinkSync(join(folder.path, "missing"), join(folder.path, "x", "dangling"));
    symlinkSync(folder.path, join(folder.path, "x", "circle"));
    const { code, err, found } = await folder.findings(none, join(folder.path, "x"));
    expect(found.length).equal(3);
    expect(err).deep.equal([
      `cloudtrailer replay: unable to read ${none}: expected files in this folder, found none`,
      `cloudtrailer replay: unable to read ${join(folder.path, "x", "dangling")}: no such file or folder`,
    ]);
    expect(code).equal(2);
  });

  it("does not flood the terminal, or let a file write escapes to it", async () => {
    const bad = Array.from({ length: 1000 }, (_, index) => `{oops${index}\n`).join("");
    const { code, err } = await folder.findings(
      folder.put("data", `${line}\n${bad}hello\u001b[2J\n`.repeat(2)),
    );
    expect(err.length).below(30);
    expect(err.join("\n")).match(/and 1,980 more broken places/);
    expect(err.join("")).not.include("\u001b");
    expect(code).equal(2);
  });

  it("prints an event once, whatever files contain it", async () => {
    const paths = [
      folder.put("a", log),
      folder.put("b", gzipSync(log)),
      folder.put("c", `${line}\n${line}\n`),
    ];
    const { out, err } = await folder.replay(...paths);
    expect(err).deep.equal([]);
    expect(out.at(-1)).equal("3 findings in 10 records of 3 files");
    const unnamed = JSON.stringify({ Records: [aRecord({ eventID: "" }), aRecord({ eventID: "" })] });
    expect((await folder.replay(folder.put("d", unnamed))).out.at(-1)).equal(
      "2 findings in 2 records of 1 file",
    );
  });

  it("summarizes findings by detection and actor", async () => {
    const records = [
      ...Array.from({ length: 7 }, (_, index) => aRecord({ eventID: `q${index}`, eventName: "ListUsers" })),
      ...someRecords,
      ...Array.from({ length: 5 }, (_, index) => aRecord({ eventID: `e${index}` })),
    ];
    const path = folder.put("log.json", JSON.stringify({ Records: records }));
    const { code, out } = await folder.replay("--summary", path);
    expect(out.map((text) => text.trim().split(/\s{2,}/))).deep.equal([
      ["FINDINGS", "PER 1,000", "SEVERITY", "DETECTION", "ACTOR"],
      ["6", "375", "critical", "iam-admin-policy-attached-user", "mallory"],
      ["1", "62.5", "critical", "cloudtrail-logging-stopped", "deploy"],
      ["1", "62.5", "high", "ec2-sg-open-to-world", "mallory"],
      ["8 findings in 16 records of 1 file, 500 per 1,000 records"],
    ]);
    expect(code).equal(0);
    const rows = (await folder.replay("--summary", "--format", "jsonl", path)).out.map(
      (text) => JSON.parse(text) as object,
    );
    expect(rows[0]).deep.equal({
      detection: "iam-admin-policy-attached-user",
      severity: "critical",
      actor: "mallory",
      findings: 6,
      perThousandRecords: 375,
    });
    const { out: none } = await folder.replay("--summary", folder.put("none", '{"Records":[]}'));
    expect(none).deep.equal(["0 findings in 0 records of 1 file, 0 per 1,000 records"]);
  });

  it("takes standard input only once", async () => {
    const { code, err } = await folder.replay("-", "-");
    expect(code).equal(2);
    expect(err[0]).match(/expected - only once/);
  });

  const inputs: Record<
    string,
    { content: string | Uint8Array; findings: string[]; code: number; err: RegExp }
  > = {
    "a log file": { content: log, findings: ["-", "-", "-"], code: 0, err: /^$/ },
    gzip: { content: gzipSync(log), findings: ["-", "-", "-"], code: 0, err: /^$/ },
    lines: {
      content: `${line}\n{oops\n${JSON.stringify(someRecords[1])}`,
      findings: ["-:1", "-:3"],
      code: 2,
      err: /unable to read all of -: line 2/,
    },
    "an archive": {
      content: zipSync({ "a.json": Buffer.from(log) }),
      findings: ["-!a.json", "-!a.json", "-!a.json"],
      code: 0,
      err: /^$/,
    },
    nothing: { content: "", findings: [], code: 2, err: /unable to read -: it is empty/ },
  };
  for (const [what, { content, findings, code, err }] of Object.entries(inputs))
    it(`reads ${what} from standard input`, async () => {
      const done = await command(["replay", "--format", "jsonl", "-"], content);
      const sources = done.out
        .split("\n")
        .filter(Boolean)
        .map((text) => (JSON.parse(text) as { source: string }).source);
      expect(sources).deep.equal(findings);
      expect(done.err).match(err);
      expect(done.code).equal(code);
    });

  it("terminates on standard input that it refuses, without reading all of it", async () => {
    const done = await command(["replay", "-"], Buffer.alloc(100 * 1024 ** 2));
    expect(done.err).match(/unable to read -: bytes of an unknown format, which begin with 0000000000000000/);
    expect(done.code).equal(2);
  });

  it("reads log files from standard input that are larger than what is kept in memory", async () => {
    const padding = "x".repeat(20_000);
    const many = Array.from({ length: 4_000 }, (_, index) =>
      JSON.stringify({ Records: [aRecord({ eventID: `e${index}`, userAgent: padding })] }),
    );
    const done = await command(["replay", "--summary", "--format", "jsonl", "-"], many.join(""));
    expect(done.err).equal("");
    expect(JSON.parse(done.out)).deep.include({ findings: 4_000, perThousandRecords: 1_000 });
    expect(done.code).equal(0);
  });
});

/** Runs the command with something on its standard input. */
async function command(
  args: string[],
  input: string | Uint8Array,
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [
    join(__dirname, "..", "..", "..", "cli", "cloudtrailer.js"),
    ...args,
  ]);
  const done = { code: null as number | null, out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (done.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (done.err += text));
  child.stdin.on("error", () => {}); // the command may end before reading everything
  child.stdin.end(input);
  done.code = await new Promise((resolve) => child.on("close", resolve));
  return done;
}
