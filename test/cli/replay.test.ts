import { expect } from "chai";
import { createServer } from "node:http";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { gzipSync } from "node:zlib";
import { generateRecords } from "../../bench/generate";
import type { ReplayFinding } from "../../cli/replay/findings";
import { aRecord, account } from "../support/factories";
import { called } from "./called";

const key = `AWSLogs/${account}/CloudTrail/us-east-1/2026/05/04/${account}_CloudTrail_us-east-1_a.json.gz`;
const log = { Records: [aRecord()] };
const cloudTrailForm = JSON.stringify({ s3Bucket: "logs", s3ObjectKey: [key] });
const s3Form = JSON.stringify({
  Records: [
    { eventSource: "aws:s3", s3: { bucket: { name: "logs" }, object: { key: encodeURIComponent(key) } } },
  ],
});
const snsEvent = (message: string) =>
  JSON.stringify({ Records: [{ EventSource: "aws:sns", Sns: { Message: message } }] });

describe("cloudtrailer replay", () => {
  let folder: string;
  const put = (name: string, content: string | Buffer) => {
    const path = join(folder, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  const replay = (...args: string[]) => called(["replay", ...args]);
  const findings = async (...paths: string[]) => {
    const { code, out, err } = await replay("--format", "jsonl", ...paths);
    return { code, err, found: out.map((line) => JSON.parse(line) as ReplayFinding) };
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cloudtrailer-replay-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const forms: Record<string, { name: string; content: string | Buffer; line?: number }> = {
    "a log file": { name: "log.json.gz", content: gzipSync(JSON.stringify(log)) },
    "a log file that is inflated": { name: "log.json", content: JSON.stringify(log) },
    "an array of records": { name: "records.json", content: JSON.stringify(log.Records) },
    "an array of records as gzip": {
      name: "records.json.gz",
      content: gzipSync(JSON.stringify(log.Records)),
    },
    "one record": { name: "record.json", content: JSON.stringify(aRecord(), undefined, 2) },
    "a record a line": {
      name: "lines.jsonl",
      content: `${JSON.stringify(aRecord({ eventName: "ListUsers" }))}\n${JSON.stringify(aRecord())}\n`,
      line: 2,
    },
    "the answer of lookup-events": {
      name: "events.json",
      content: JSON.stringify({ Events: [{ EventId: "1", CloudTrailEvent: JSON.stringify(aRecord()) }] }),
    },
    "an event of EventBridge": {
      name: "event.json",
      content: JSON.stringify({ "detail-type": "AWS API Call via CloudTrail", detail: aRecord() }),
    },
    "a log file with a byte order mark": { name: "bom.json", content: `\ufeff${JSON.stringify(log)}` },
  };
  for (const [what, { name, content, line }] of Object.entries(forms))
    it(`reads ${what}`, async () => {
      const path = put(name, content);
      const { code, found, err } = await findings(path);
      expect(err).deep.equal([]);
      expect(code).equal(0);
      expect(found.map(({ detection, source }) => ({ detection, source }))).deep.equal([
        {
          detection: "iam-admin-policy-attached-user",
          source: line === undefined ? path : `${path}:${line}`,
        },
      ]);
    });

  const notifications: Record<string, string> = {
    "CloudTrail's form": cloudTrailForm,
    "S3's form": s3Form,
    "the whole event of the function": snsEvent(cloudTrailForm),
    "the whole event of the function, with S3's form": snsEvent(s3Form),
    "SNS's envelope": JSON.stringify({
      Type: "Notification",
      TopicArn: "arn:aws:sns:us-west-2:1:t",
      Message: cloudTrailForm,
    }),
    "a message in a queue": JSON.stringify({ Records: [{ messageId: "1", body: cloudTrailForm }] }),
  };
  for (const [what, content] of Object.entries(notifications))
    it(`reads the log file beside a notification: ${what}`, async () => {
      const path = put("notification.json", content);
      for (const place of [key, key.slice(key.lastIndexOf("/") + 1)]) {
        const beside = put(place, gzipSync(JSON.stringify(log)));
        const { code, found } = await findings(path);
        expect(found.map(({ source }) => source)).deep.equal([beside]);
        expect(code).equal(0);
        rmSync(beside);
      }
    });

  it("recognizes the test message of a topic", async () => {
    const message = put("event.json", snsEvent("CloudTrail validation message."));
    const { code, found, err } = await findings(message, put("log.json", JSON.stringify(log)));
    expect({ code, found: found.length }).deep.equal({ code: 0, found: 1 });
    expect(err).deep.equal([`cloudtrailer replay: passed over ${message}: test message`]);
  });

  it("prints what a program needs of a finding", async () => {
    const path = put("log.json", JSON.stringify(log));
    const [finding] = (await findings(path)).found;
    expect(finding).deep.include({
      id: `${aRecord().eventID}#iam-admin-policy-attached-user`,
      eventID: aRecord().eventID,
      detection: "iam-admin-policy-attached-user",
      account,
      region: "us-east-1",
      eventTime: aRecord().eventTime,
      source: path,
    });
    expect(finding?.actor.name).equal("mallory");
    expect(finding?.evidence).not.empty;
    expect(finding?.remediation).deep.equal({ class: "inverse", calls: ["iam:DetachUserPolicy"] });
  });

  it("reads folders in order of names, and skips digests", async () => {
    put("b/2.json.gz", gzipSync(JSON.stringify({ Records: [aRecord({ eventID: "2" })] })));
    put("a/1.json", JSON.stringify({ Records: [aRecord({ eventID: "1" })] }));
    const digest = '{"digestS3Bucket":"b","digestEndTime":"2026-05-04T10:00:00Z"}';
    put(`AWSLogs/${account}/CloudTrail-Digest/us-east-1/d.json.gz`, gzipSync(digest));
    const { code, found } = await findings(folder);
    expect(found.map(({ eventID }) => eventID)).deep.equal(["1", "2"]);
    expect(code).equal(0);
  });

  it("keeps findings in order when several threads read", async () => {
    // Enough bytes to be worth starting threads, and files of very different length.
    const noise = [...generateRecords(3, 6_000)].map((record) => JSON.stringify(record));
    const padding = Array.from({ length: 400_000 }, (_, index) =>
      String.fromCharCode(33 + ((index * 7919) % 90)),
    ).join("");
    const ids = Array.from({ length: 24 }, (_, index) => `id-${String(index).padStart(2, "0")}`);
    ids.forEach((eventID, index) => {
      const own = JSON.stringify(aRecord({ eventID, userAgent: padding.replace(/["\\]/g, "x") }));
      const records = index % 5 === 0 ? [...noise, own] : [own];
      put(`${index + 100}.json`, `{"Records":[${records.join(",")}]}`);
    });
    const { code, found } = await findings(folder);
    expect(found.map(({ eventID }) => eventID).filter((id) => id.startsWith("id-"))).deep.equal(ids);
    expect(code).equal(0);
  });

  it("finds bursts over several files, once", async () => {
    const names = [
      "ListUsers",
      "ListRoles",
      "GetPolicy",
      "ListBuckets",
      "DescribeInstances",
      "ListKeys",
      "ListTrails",
    ];
    const denied = Array.from({ length: 28 }, (_, index) =>
      aRecord({
        eventID: `e${index}`,
        eventName: `${names[index % 7]}${index}`,
        errorCode: "AccessDenied",
        eventTime: "2026-05-04T10:00:00Z",
      }),
    );
    put("1.json.gz", gzipSync(JSON.stringify({ Records: denied.slice(0, 10) })));
    put("2.json.gz", gzipSync(JSON.stringify({ Records: denied.slice(10, 20) })));
    put("3.json.gz", gzipSync(JSON.stringify({ Records: denied.slice(20) })));
    const { found } = await findings(folder);
    expect(found.map(({ detection }) => detection)).deep.equal(["access-denied-burst"]);
    expect(found[0]?.source).equal(join(folder, "2.json.gz"));
  });

  describe("what is new for somebody", () => {
    const onDay = (day: string, own: object = {}) =>
      aRecord({
        eventSource: "cloudshell.amazonaws.com",
        eventName: "CreateSession",
        requestParameters: { environmentId: "e-1" },
        eventTime: `2026-${day}T10:00:00Z`,
        eventID: `e-${day}`,
        ...own,
      });
    const log = (...records: object[]) => JSON.stringify({ Records: records });
    const shown = ({ eventID, severity, novelty }: ReplayFinding) => ({ eventID, severity, novelty });

    it("is found across all files, whatever their order, and low while everything is new", async () => {
      put("logs/1.json", log(onDay("03-01"), onDay("02-01")));
      put("logs/2.json", log(onDay("01-01", { eventName: "ListUsers" }), onDay("02-20")));
      put("logs/3.json", log(onDay("02-20"), onDay("01-05", { userIdentity: { type: "Root" } })));
      const { found, code } = await findings(join(folder, "logs"));
      expect(code).equal(0);
      expect(
        found.filter(({ detection }) => detection === "cloudshell-session-started").map(shown),
      ).deep.equal([
        { eventID: "e-02-01", severity: "medium", novelty: "first time in 30 days by user mallory" },
        {
          eventID: "e-02-20",
          severity: "info",
          novelty: "not new: user mallory did it within the 30 days before",
        },
        {
          eventID: "e-03-01",
          severity: "info",
          novelty: "not new: user mallory did it within the 30 days before",
        },
        {
          eventID: "e-01-05",
          severity: "low",
          novelty:
            "first time by root since records began on 2026-01-01; low until 2026-01-15, while this is being learned",
        },
      ]);
    });

    it("is not what --past contains, where learning begins then", async () => {
      const past = put("past.json", log(onDay("01-01", { eventName: "ListUsers" }), onDay("01-20")));
      const now = put("now.json", log(onDay("02-01"), onDay("02-02", { userIdentity: { type: "Root" } })));
      const { found } = await findings(now, "--past", past);
      const sessions = found.filter(({ detection }) => detection === "cloudshell-session-started");
      expect(sessions.map(({ eventID, severity }) => `${eventID} ${severity}`)).deep.equal([
        "e-02-01 info",
        "e-02-02 medium",
      ]);
    });

    it("is a burst that is new, too", async () => {
      const records = (id: string) =>
        Array.from({ length: 10 }, (_, index) =>
          onDay("02-01", {
            eventSource: "ec2.amazonaws.com",
            eventName: "DeleteVolume",
            requestParameters: { volumeId: `vol-${index}` },
            eventID: `${id}${index}`,
          }),
        );
      const [first = {}] = records("past");
      const past = put("past.json", log({ ...first, eventTime: "2026-01-01T00:00:00Z" }));
      const file = put("now.json", log(...records("a")));
      const bursts = ({ found }: { found: ReplayFinding[] }) =>
        found
          .filter(({ detection }) => detection === "ec2-volumes-destroyed")
          .map(({ severity }) => severity);
      expect(bursts(await findings(file, "--past", past))).deep.equal(["high"]);
      expect(bursts(await findings(file))).deep.equal(["low"]);
    });
  });

  it("names what it cannot read, does the rest, and exits with 2", async () => {
    put("1.json.gz", gzipSync(JSON.stringify(log)).subarray(0, 100));
    put("2.json", '{"Records":[{]}');
    put("3.json", '{"hello":"world"}');
    put("4.json", JSON.stringify(log));
    const missing = join(folder, "missing.json");
    const { code, found, err } = await findings(folder, missing);
    expect(found.length).equal(1);
    expect(code).equal(2);
    for (const [path, reason] of [
      [join(folder, "1.json.gz"), /gzip is broken/],
      [join(folder, "2.json"), /byte 13/],
      [join(folder, "3.json"), /expected CloudTrail records.*found an object with "hello"/],
      [missing, /no such file/],
    ] as const)
      expect(
        err.filter((line) => line.includes(`${path}:`) && reason.test(line)),
        path,
      ).length(1);
  });

  for (const odd of [
    "",
    "null",
    "1",
    '"x"',
    "[]",
    "{}",
    "[null]",
    "[[]]",
    '{"Records":[null,1]}',
    '{"Records":null}',
    "\0",
    '{"Records":[{"eventName":{},"userIdentity":[]}]}',
  ])
    it(`survives ${JSON.stringify(odd)}`, async () => {
      const plain = put("odd.json", odd);
      const gzip = put("odd.json.gz", gzipSync(odd));
      const { found, code } = await findings(plain, gzip);
      expect(found).deep.equal([]);
      expect(code).oneOf([0, 2]);
    });

  it("does not follow a notification out of its folder, or in circles", async () => {
    put("log.json.gz", gzipSync(JSON.stringify(log)));
    const escape = put("in/escape.json", JSON.stringify({ s3Bucket: "b", s3ObjectKey: ["../log.json.gz"] }));
    const circle = put("in/circle.json", JSON.stringify({ s3Bucket: "b", s3ObjectKey: ["circle.json"] }));
    await withS3({}, async () => {
      const { found, code, err } = await findings(escape, circle);
      expect(found).deep.equal([]);
      expect(code).equal(2);
      expect(err.length).equal(2);
    });
  });

  it("reads s3://bucket/prefix, and makes only read calls to S3", async () => {
    const gzip = gzipSync(JSON.stringify(log));
    await withS3({ [key]: gzip, "AWSLogs/": Buffer.alloc(0) }, async (requests) => {
      const { found, code, err } = await findings("s3://logs/AWSLogs/");
      expect(err).deep.equal([]);
      expect(found.map(({ source }) => source)).deep.equal([`s3://logs/${key}`]);
      expect(code).equal(0);
      expect(requests.map((request) => request.split(" ")[0])).deep.equal(["GET", "GET"]);
    });
  });

  it("names what it does not understand in S3", async () => {
    await withS3(
      { [key]: gzipSync(JSON.stringify(log)), "AWSLogs/notes.txt": Buffer.from("x") },
      async () => {
        const { found, code, err } = await findings("s3://logs/AWSLogs/");
        expect(found.length).equal(1);
        expect(err.length).equal(1);
        expect(err[0]).match(
          /unable to read s3:\/\/logs\/AWSLogs\/notes\.txt: .*found a line without JSON: "x"$/,
        );
        expect(code).equal(2);
      },
    );
  });

  it("takes a stack's configuration, and reports all its errors", async () => {
    const path = put("log.json", JSON.stringify(log));
    const off = put(
      "Pulumi.team.yaml",
      'config:\n  aws:region: us-west-2\n  cloudtrailer:team: blue\n  cloudtrailer:detections:\n    "iam-*": { mode: "off" }\n',
    );
    expect((await findings("--config", off, path)).found).deep.equal([]);
    const same = put(
      "config.json",
      JSON.stringify({ detections: { "iam-admin-policy-attached-user": { severity: "low" } } }),
    );
    expect((await findings("--config", same, path)).found.map(({ severity }) => severity)).deep.equal([
      "low",
    ]);
    const wrong = put("wrong.yaml", "config:\n  cloudtrailer:mode: never\n  cloudtrailer:recrods: all\n");
    const { code, err } = await replay("--config", wrong, path);
    expect(code).equal(2);
    expect(err.join("\n"))
      .include(`${wrong}, cloudtrailer:mode: expected`)
      .and.include(`${wrong}, cloudtrailer:recrods: expected`)
      .and.not.include(".yaml.yaml");
    const secret = put(
      "secret.yaml",
      "config:\n  cloudtrailer:subscribers:\n    - { protocol: sms, endpoint: { secure: v1:xyz } }\n",
    );
    expect((await findings("--config", secret, path)).found).length(1);
  });

  it("prints a table that no record can break out of", async () => {
    const path = put(
      "log.json",
      JSON.stringify({ Records: [aRecord({ awsRegion: "us-east-1\n\u001b[2Jgone" })] }),
    );
    const { out } = await replay(path);
    expect(out.length).equal(3);
    expect(out.join("")).not.include("\u001b");
    expect(out[2]).equal("1 finding in 1 record of 1 file");
  });

  it("fits its table into a terminal, with what was found and who did it", async () => {
    const path = put("log.json", JSON.stringify(log));
    for (const width of [40, 80, 100, 200]) {
      const { out } = await called(["replay", path], { width, color: true });
      const plain = out.map((line) => stripVTControlCharacters(line));
      for (const line of plain) expect(line.length, line).at.most(width);
      if (width < 80) continue;
      expect(out[1]).include("\u001b[");
      expect(plain[1])
        .include("critical")
        .and.include("iam-admin-policy-attached-user")
        .and.include("mallory");
    }
  });

  describe("by what other records say", () => {
    const policyArn = `arn:aws:iam::${account}:policy/helper`;
    const policyDocument = JSON.stringify({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } });
    const attach = aRecord({ eventID: "e-2", requestParameters: { userName: "bob", policyArn } });
    const create = aRecord({
      eventID: "e-1",
      eventName: "CreatePolicy",
      requestParameters: { policyName: "helper", policyDocument },
      responseElements: { policy: { arn: policyArn } },
    });
    const ids = (found: ReplayFinding[]) => found.map(({ detection }) => detection);

    it("finds the policy that was created in another file, whichever is read first", async () => {
      put("a.json", JSON.stringify({ Records: [attach] }));
      put("b.json", JSON.stringify({ Records: [create] }));
      const { found, err } = await findings(folder);
      expect(ids(found)).to.have.members(["iam-policy-created-admin", "iam-admin-policy-attached-user"]);
      expect(err).to.deep.equal([]);
    });

    it("learns it from earlier records", async () => {
      const past = put("past/a.json", JSON.stringify({ Records: [create] }));
      const now = put("now/a.json", JSON.stringify({ Records: [attach] }));
      const { out } = await replay("--format", "jsonl", "--past", past, now);
      expect(ids(out.map((line) => JSON.parse(line) as ReplayFinding))).to.deep.equal([
        "iam-admin-policy-attached-user",
      ]);
    });

    it("says at the end how many attachments are undecided", async () => {
      const others = ["e-3", "e-4"].map((eventID) => ({ ...attach, eventID }));
      const path = put("a.json", JSON.stringify({ Records: [attach, ...others, attach] }));
      const { out, code } = await replay(path);
      expect(out).to.deep.equal([
        "0 findings in 4 records of 1 file",
        "Not decided: 3 attachments of policies whose documents are not in these files",
      ]);
      expect(code).to.equal(0);
      const { found, err } = await findings(path);
      expect(found).to.deep.equal([]);
      expect(err.join()).to.contain("3 attachments of policies");
    });
  });
});

/** A stand-in for S3 on this machine, with some objects in every bucket. */
async function withS3(
  objects: Record<string, Buffer>,
  work: (requests: string[]) => Promise<void>,
): Promise<void> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const url = new URL(request.url ?? "/", "http://s3");
    const prefix = url.searchParams.get("prefix");
    const body = objects[decodeURIComponent(url.pathname).split("/").slice(2).join("/")];
    if (prefix !== null) {
      const contents = Object.entries(objects)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, { length }]) => `<Contents><Key>${name}</Key><Size>${length}</Size></Contents>`);
      response.end(
        `<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join("")}</ListBucketResult>`,
      );
    } else if (body === undefined)
      response.writeHead(404).end("<Error><Code>NoSuchKey</Code><Message>none</Message></Error>");
    else response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const own = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "us-west-2",
  };
  const before = Object.fromEntries(Object.keys(own).map((name) => [name, process.env[name]]));
  Object.assign(process.env, own);
  try {
    await work(requests);
  } finally {
    for (const [name, value] of Object.entries(before))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
