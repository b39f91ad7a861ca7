import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import type { SNSEvent } from "aws-lambda";
import { expect } from "chai";
import type { Attributes } from "../../handlers/aws/table";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import type { Detection } from "../../handlers/detections/detection";
import { createHandler } from "../../handlers/index";
import type { Settings } from "../../handlers/settings";
import {
  aDetection,
  aFinding,
  aLogFile,
  aMinuteLater,
  type Answers,
  aRecord,
  awsError,
  account,
  fakeAws,
  someSettings,
} from "../support/factories";
import { deep } from "../support/hostile";
import { aTable } from "../support/memory-dynamodb";

describe("createHandler", () => {
  const keyOf = (name: string) => `AWSLogs/${account}/CloudTrail/us-west-2/2026/05/04/${name}.json.gz`;
  const notification = (...names: string[]) =>
    JSON.stringify({ s3Bucket: "lambdasharp-red-cloudtrail", s3ObjectKey: names.map(keyOf) });
  const event = (Message: string) =>
    ({ Records: [{ Sns: { Message, MessageId: "m-1" } }] }) as unknown as SNSEvent;
  const invocation = { awsRequestId: "r-1", getRemainingTimeInMillis: () => 60_000 };

  /** Handles one notification about the given log files, and returns everything visible from outside. */
  async function handled(
    files: Record<string, Buffer | Error>,
    message: string = notification(...Object.keys(files)),
    settings: Partial<Settings> = {},
    answers: Answers = {},
    detection = aDetection(),
    { awsRequestId, getRemainingTimeInMillis } = invocation,
  ) {
    let fixed = false;
    const { aws, calls } = fakeAws({
      "s3:GetObject": ({ Key }) => {
        const file = Object.entries(files).find(([name]) => keyOf(name) === Key)?.[1];
        if (file === undefined || file instanceof Error) throw file ?? awsError("NoSuchKey");
        return { Body: Readable.from([file]), LastModified: new Date(aMinuteLater - 30_000) };
      },
      "dynamodb:GetItem": {},
      "dynamodb:UpdateItem": { Attributes: {} },
      // Attached at each read but the one after a fix, as for consecutive findings.
      "iam:ListAttachedUserPolicies": () => {
        const AttachedPolicies = fixed ? [] : [{ PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }];
        fixed = false;
        return { AttachedPolicies };
      },
      "iam:DetachUserPolicy": () => {
        fixed = true;
        return {};
      },
      "sns:Publish": {},
      ...answers,
    });
    const lines: string[] = [];
    const platform = {
      aws,
      write: (line: string) => void lines.push(line),
      now: () => aMinuteLater,
      pause: async () => {},
    };
    const handle = createHandler(someSettings(settings), platform, [detection]);
    const error = await handle(event(message), { awsRequestId, getRemainingTimeInMillis }).then(
      () => undefined,
      (reason: Error) => reason,
    );
    const made = calls.map((call) => `${call.service}:${call.operation}`);
    return { entry: JSON.parse(String(lines.at(-1))), lines, error, made, calls };
  }

  it("counts new log files as a metric, and not one that somebody hands in again", async () => {
    const file = aLogFile(aRecord());
    const { entry } = await handled({ "a.json.gz": file, "b.json.gz": file });
    expect(entry).to.deep.include({ team: "red", LogFiles: 2 });
    expect(entry._aws).to.deep.equal({
      Timestamp: aMinuteLater,
      CloudWatchMetrics: [
        {
          Namespace: "cloudtrailer",
          Dimensions: [["team"]],
          Metrics: [{ Name: "LogFiles", Unit: "Count" }],
        },
      ],
    });
    const old = { Body: Readable.from([file]), LastModified: new Date(aMinuteLater - 2 * 3_600_000) };
    const again = await handled({ "a.json.gz": file }, undefined, {}, { "s3:GetObject": old });
    expect(again.entry.LogFiles).to.equal(0);
    expect((await handled({}, "CloudTrail validation message.")).entry.LogFiles).to.equal(0);
  });

  it("reads, finds, fixes and alerts, and writes one entry about it", async () => {
    const { entry, lines, error, made } = await handled({
      a: aLogFile(aRecord({ eventName: "ListUsers" }), aRecord()),
    });
    expect(error).to.equal(undefined);
    expect(made).to.include.members(["iam:DetachUserPolicy", "sns:Publish"]);
    expect(lines).to.have.length(1);
    expect(entry).to.deep.include({
      level: "info",
      message: "notification",
      team: "red",
      delaySeconds: 60,
      errors: [],
    });
    expect(entry.logFiles).to.deep.equal([
      { key: keyOf("a"), records: 2, parsed: 1, bytes: entry.logFiles[0].bytes, own: 0 },
    ]);
    expect(entry.findings).to.deep.equal([
      {
        id: aFinding().id,
        severity: "critical",
        title: "Administrator policy attached to a user",
        actor: "arn:aws:iam::111122223333:user/mallory",
        region: "us-east-1",
        path: "logFile",
        seconds: 60,
        outcome: "fixed",
      },
    ]);
  });

  it("does not take its own fix for somebody else's", async () => {
    const userIdentity = {
      type: "AssumedRole",
      sessionContext: {
        sessionIssuer: { type: "Role", arn: `arn:aws:iam::${account}:role/cloudtrailer-lambda-role-red` },
      },
    };
    const ours = { a: aLogFile(aRecord({ userIdentity })) };
    const call = {
      service: "iam",
      operation: "AttachUserPolicy",
      region: "us-east-1",
      input: { UserName: "bob", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    };
    const table = aTable({
      "own#iam:AttachUserPolicy#us-east-1": { findings: { SS: ["1|earlier#x"] } },
      "earlier#x": { plan: { S: JSON.stringify({ calls: [call], rollback: [], summary: "" }) } },
    });
    const { entry, made } = await handled(ours, undefined, {}, table.answers);
    expect(entry.logFiles[0].own).to.equal(1);
    expect(entry.findings).to.deep.equal([]);
    expect(made).not.to.include("sns:Publish");

    // The role alone proves nothing: no plan of this system contains the call.
    const stolen = await handled(ours);
    expect(stolen.entry.logFiles[0].own).to.equal(0);
    expect(stolen.entry.findings).to.have.length(1);
  });

  it("does not take its own role's reads for new, but reports reads by others with the same call", async () => {
    const reading = aDetection({ novel: { days: 30, learning: 14 } });
    const ours = {
      type: "AssumedRole",
      sessionContext: {
        sessionIssuer: { type: "Role", arn: `arn:aws:iam::${account}:role/cloudtrailer-lambda-role-red` },
      },
    };
    const files = {
      a: aLogFile(
        aRecord({ eventID: "ours", userIdentity: ours, readOnly: true }),
        aRecord({ eventID: "theirs", readOnly: true }),
      ),
    };
    const { entry } = await handled(files, undefined, { mode: "alert" }, aTable().answers, reading);
    expect(entry.logFiles[0].own).to.equal(1);
    expect(entry.findings.map(({ id }: { id: string }) => id.split("#")[0])).to.deep.equal(["theirs"]);
  });

  it("fixes what is new for the actor, once learned, and neither what is known nor what is being learned", async () => {
    const novel = aDetection({ novel: { days: 30, learning: 14 } });
    const kept = (begun: string, doings: unknown = { stretches: [], firsts: [] }) => ({
      "dynamodb:GetItem": ({ Key }: Record<string, unknown>) =>
        JSON.stringify(Key).includes("novelty#iam")
          ? { Item: { doings: { S: JSON.stringify(doings) } } }
          : {},
      "dynamodb:UpdateItem": ({ Key }: Record<string, unknown>) => ({
        Attributes: JSON.stringify(Key).includes("novelty#begin")
          ? { at: { N: String(Date.parse(begun) / 1000) } }
          : {},
      }),
    });
    const outcomeOf = async (answers: Answers) => {
      const { entry, error } = await handled({ a: aLogFile(aRecord()) }, undefined, {}, answers, novel);
      expect(error).to.equal(undefined);
      const [{ severity, outcome }] = entry.findings;
      return { severity, outcome };
    };
    expect(await outcomeOf(kept("2026-01-01T00:00:00Z"))).to.deep.equal({
      severity: "critical",
      outcome: "fixed",
    });
    expect(await outcomeOf(kept("2026-05-01T00:00:00Z"))).to.deep.equal({
      severity: "low",
      outcome: "refused",
    });
    const at = Date.parse("2026-05-01T00:00:00Z") / 1000;
    const before = { stretches: [{ from: at, to: at }], firsts: ["x"] };
    expect(await outcomeOf(kept("2026-01-01T00:00:00Z", before))).to.deep.equal({
      severity: "info",
      outcome: "refused",
    });
  });

  describe("asks for the document behind a policy", () => {
    const policyArn = `arn:aws:iam::${account}:policy/helper`;
    const attach = aRecord({ requestParameters: { userName: "bob", policyArn } });
    const asking = aDetection({
      asks: () => [{ kind: "managedPolicy", parameter: "requestParameters.policyArn", arn: policyArn }],
      match: (_record, _context, [document] = []) =>
        document === "all"
          ? {
              evidence: [{ parameter: "document", value: document }],
              resources: [{ type: "AWS::IAM::User", id: "bob" }],
            }
          : undefined,
    });
    const live: Answers = {
      "iam:GetPolicy": { Policy: { DefaultVersionId: "v1" } },
      "iam:GetPolicyVersion": { PolicyVersion: { Document: "all" } },
      "iam:ListAttachedUserPolicies": { AttachedPolicies: [{ PolicyArn: policyArn }] },
    };
    const outcomes = ({ entry }: { entry: { findings: { outcome: string; severity: string }[] } }) =>
      entry.findings.map(({ outcome, severity }) => [outcome, severity]);

    it("and fixes what it finds", async () => {
      const { entry, made, error } = await handled({ a: aLogFile(attach) }, undefined, {}, live, asking);
      expect(error).to.equal(undefined);
      expect(made).to.include.members(["iam:GetPolicyVersion", "iam:DetachUserPolicy"]);
      expect(outcomes({ entry })).to.deep.equal([["fixed", "critical"]]);
    });

    it("and finds nothing if it says something else", async () => {
      const answers = { ...live, "iam:GetPolicyVersion": { PolicyVersion: { Document: "some" } } };
      const { entry } = await handled({ a: aLogFile(attach) }, undefined, {}, answers, asking);
      expect(entry.findings).to.deep.equal([]);
    });

    it("from the record that created it, if that arrived in another file", async () => {
      const create = aRecord({
        eventName: "CreatePolicy",
        eventID: "e-0",
        requestParameters: { policyName: "helper", policyDocument: "all" },
        responseElements: { policy: { arn: policyArn } },
      });
      const files = { a: aLogFile(attach), b: aLogFile(create) };
      const { entry, made } = await handled(files, undefined, {}, live, asking);
      expect(made).not.to.include("iam:GetPolicyVersion");
      expect(outcomes({ entry })).to.deep.equal([["fixed", "critical"]]);
    });

    it("and reports, without a fix, that it cannot be read", async () => {
      const answers = {
        ...live,
        "iam:GetPolicy": () => {
          throw awsError("AccessDenied");
        },
      };
      const { entry, made } = await handled({ a: aLogFile(attach) }, undefined, {}, answers, asking);
      expect(outcomes({ entry })).to.deep.equal([["refused", "low"]]);
      expect(made).not.to.include("iam:DetachUserPolicy");
    });

    it("and fails, to be tried again, when AWS does not answer", async () => {
      const answers = {
        ...live,
        "iam:GetPolicy": () => {
          throw awsError("ServiceUnavailable");
        },
      };
      const { entry, error } = await handled({ a: aLogFile(attach) }, undefined, {}, answers, asking);
      expect(entry.findings).to.deep.equal([]);
      expect(error?.message).to.contain("ServiceUnavailable");
    });
  });

  it("does nothing for CloudTrail's test of the topic", async () => {
    const { entry, made, error } = await handled({}, "CloudTrail validation message.");
    expect([made, error]).to.deep.equal([[], undefined]);
    expect(entry).to.deep.include({ level: "info", logFiles: [], findings: [], delaySeconds: null });
  });

  it("continues past a broken log file, and then fails with its name, so that nothing is lost", async () => {
    const { entry, error, made } = await handled({
      broken: Buffer.from("not gzip"),
      good: aLogFile(aRecord()),
    });
    expect(made).to.include("iam:DetachUserPolicy");
    expect(entry.level).to.equal("error");
    expect(entry.findings).to.have.length(1);
    expect(entry.errors).to.have.length(1);
    expect(entry.errors[0]).to.include(keyOf("broken"));
    expect(error?.message).to.include(keyOf("broken"));
  });

  it("handles what it could read of a truncated log file", async () => {
    const filler = (index: number) =>
      aRecord({ eventName: "ListUsers", eventID: `${index}`, userAgent: randomBytes(600).toString("hex") });
    const whole = aLogFile(aRecord(), ...Array.from({ length: 2_000 }, (_, index) => filler(index)));
    const { entry, error, made } = await handled({ a: whole.subarray(0, whole.length - 1_000) });
    expect(made).to.include("iam:DetachUserPolicy");
    expect(entry.findings.map(({ outcome }: { outcome: string }) => outcome)).to.deep.equal(["fixed"]);
    expect(error?.message).to.include(keyOf("a"));
  });

  it("handles the findings of a large log file while it reads it, those about one resource in order", async () => {
    const records = Array.from({ length: 200 }, (_, index) =>
      aRecord({
        eventID: `e-${index}`,
        eventTime: new Date(Date.parse("2026-05-04T10:00:00Z") + index * 100).toISOString(),
        requestParameters: { userName: "bob", policyArn: "x", filler: "x".repeat(200_000) },
      }),
    );
    const file = gzipSync(JSON.stringify({ Records: records }), { level: 0 });
    const table = aTable();
    const { entry, error, calls } = await handled(
      { a: file },
      undefined,
      { mode: "alert" },
      {
        ...table.answers,
        "s3:GetObject": ({ Range }) => {
          const [from = 0, to = 0] = String(Range).slice("bytes=".length).split("-").map(Number);
          return {
            Body: Readable.from([file.subarray(from, to + 1)]),
            ContentRange: `bytes ${from}-${to}/${file.length}`,
          };
        },
      },
    );
    expect(error).to.equal(undefined);
    const firstClaim = calls.findIndex(({ operation }) => operation === "UpdateItem");
    const lastRead = calls.map(({ operation }) => operation).lastIndexOf("GetObject");
    expect(firstClaim).to.be.lessThan(lastRead);
    expect(entry.findings.map(({ id }: { id: string }) => id.split("#")[0])).to.deep.equal(
      records.map(({ eventID }) => eventID),
    );
  });

  it("leaves what it has no time for to the next attempt, and says so", async () => {
    const remaining = [60_000, 60_000, 60_000, 5_000];
    const hurried = { ...invocation, getRemainingTimeInMillis: () => remaining.shift() ?? 5_000 };
    const { entry, error, made } = await handled(
      { a: aLogFile(aRecord()) },
      undefined,
      {},
      {},
      undefined,
      hurried,
    );
    expect(made).not.to.include("iam:DetachUserPolicy");
    expect(entry.level).to.equal("error");
    expect(error?.message).to.match(/left for the next attempt: time is almost up/);
  });

  it("continues past a finding that cannot be handled", async () => {
    let claims = 0;
    const { entry, error } = await handled(
      { a: aLogFile(aRecord({ eventID: "one" }), aRecord({ eventID: "two" })) },
      undefined,
      {},
      {
        "dynamodb:UpdateItem": () => {
          if (++claims === 1) throw awsError("ThrottlingException", "slow down");
          return { Attributes: {} };
        },
      },
    );
    expect(entry.findings.map((finding: { id: string }) => finding.id)).to.deep.equal([
      "two#iam-admin-policy-attached-user",
    ]);
    expect(error?.message).to.include("ThrottlingException: slow down");
  });

  it("handles findings about one resource one after another, in the order of the calls, whatever file they are in", async () => {
    const attached = (eventID: string, eventTime: string) => aLogFile(aRecord({ eventID, eventTime }));
    const { entry, made } = await handled({
      a: attached("third", "2026-05-04T10:00:09Z"),
      b: attached("first", "2026-05-04T10:00:01Z"),
      c: attached("second", "2026-05-04T10:00:05Z"),
    });
    const look = "iam:ListAttachedUserPolicies";
    const each = [look, "iam:DetachUserPolicy", look, "sns:Publish"];
    expect(made.filter((call) => each.includes(call))).to.deep.equal([...each, ...each, ...each]);
    expect(entry.findings.map(({ id }: { id: string }) => id.split("#")[0])).to.deep.equal([
      "first",
      "second",
      "third",
    ]);
  });

  it("says what it found instead of a notification", async () => {
    const { entry, error } = await handled({}, '{"hello":"world"}');
    expect(error?.message).to.match(
      /expected a CloudTrail notification .* found "\{\\"hello\\":\\"world\\"\}"/,
    );
    expect(entry.level).to.equal("error");
  });

  it("reads nothing outside its bucket and prefix", async () => {
    const message = JSON.stringify({ s3Bucket: "mallory", s3ObjectKey: [keyOf("a")] });
    const { error, made } = await handled({ a: aLogFile(aRecord()) }, message);
    expect(made).not.to.include("s3:GetObject");
    expect(error?.message).to.match(
      /expected an object of bucket lambdasharp-red-cloudtrail, found bucket "mallory"/,
    );
  });

  it("fixes nothing if somebody has thrown the switch, and reads it once for all findings", async () => {
    const ceiling = JSON.stringify({
      mode: "alert",
      by: "arn:alice",
      why: "drill",
      at: "2026-05-04T09:00:00Z",
    });
    const { entry, calls, made } = await handled(
      { a: aLogFile(aRecord({ eventID: "one" }), aRecord({ eventID: "two" })) },
      undefined,
      {},
      { "dynamodb:GetItem": { Item: { id: { S: "switch" }, "*": { S: ceiling } } } },
    );
    expect(entry.findings.map(({ outcome }: { outcome: string }) => outcome)).to.deep.equal([
      "alerted",
      "alerted",
    ]);
    expect(made).not.to.include("iam:DetachUserPolicy");
    const reads = calls.map(({ operation, input }) => operation === "GetItem" && input.Key);
    expect(reads.filter((key) => (key as { id?: { S: string } }).id?.S === "switch")).to.have.length(1);
  });

  it("leaves a finding open while the switch cannot be read", async () => {
    const { entry, error, made } = await handled(
      { a: aLogFile(aRecord()) },
      undefined,
      {},
      {
        "dynamodb:GetItem": () => {
          throw awsError("AccessDeniedException", "dynamodb:GetItem");
        },
      },
    );
    expect(entry.findings).to.deep.equal([]);
    expect(error?.message).to.include("unable to read the switch: AccessDeniedException");
    expect(made).not.to.include.members(["sns:Publish", "iam:DetachUserPolicy"]);
  });

  it("gathers a flood into a summary, keeps every finding, and marks them done afterwards", async () => {
    const table = aTable();
    const records = Array.from({ length: 60 }, (_, index) => aRecord({ eventID: `flood-${index}` }));
    const { entry, calls, error } = await handled(
      { a: aLogFile(...records) },
      undefined,
      { mode: "plan" },
      table.answers,
    );
    expect(error).to.equal(undefined);
    expect(entry.findings).to.have.length(60);
    const published = calls.filter(({ operation }) => operation === "Publish");
    expect(published).to.have.length(21);
    const { Message } = published.at(-1)?.input as { Message: string };
    expect(JSON.parse(JSON.parse(Message).default)).to.deep.include({
      summary: "flood",
      severity: "critical",
    });
    const states = Object.entries(table.items).filter(([key]) => key.startsWith("flood-"));
    expect(states.map(([, { state }]) => state?.S)).to.deep.equal(records.map(() => "done"));
  });

  it("continues past a detection that throws, names it in the entry, and alerts it once an hour", async () => {
    const table = aTable();
    const broken = aDetection({
      id: "broken-one",
      match: () => {
        throw new TypeError("no such thing");
      },
    });
    const files = { a: aLogFile(aRecord({ eventID: "one" }), aRecord({ eventID: "two" })) };
    const first = await handled(files, undefined, {}, table.answers, broken);
    expect(first.error, "trying again would not help").to.equal(undefined);
    expect(first.entry.level).to.equal("error");
    expect(first.entry.failures[0]).to.match(
      /^detection broken-one failed on event one of \S+: TypeError: no such thing$/,
    );
    expect(first.entry.logFiles[0]).to.include({ records: 2 });
    const subjects = ({ calls }: typeof first) =>
      calls.flatMap(({ input }) => (input.Subject === undefined ? [] : [input.Subject]));
    expect(subjects(first)).to.deep.equal(["[HIGH] The detection broken-one is broken"]);
    expect(subjects(await handled(files, undefined, {}, table.answers, broken))).to.deep.equal([]);
  });

  it("writes one parseable line, whatever it has to say", async () => {
    const records = Array.from({ length: 1_000 }, (_, index) =>
      aRecord({ eventID: `many-${index}`, userAgent: "x".repeat(1_000) }),
    );
    const { answers } = aTable();
    const { entry, lines } = await handled(
      { a: aLogFile(...records) },
      undefined,
      { mode: "alert" },
      answers,
    );
    expect(lines).to.have.length(1);
    expect(entry).to.include({ message: "notification", findingsInAll: 1_000 });
  });

  it("writes one line about thousands of log files, and says how many there were", async () => {
    const names = Array.from({ length: 1_700 }, (_, index) => `file-${index}`);
    const files = Object.fromEntries(names.map((name) => [name, aLogFile()]));
    const { entry, lines, error } = await handled(files);
    expect(error).to.equal(undefined);
    expect(lines).to.have.length(1);
    expect(entry).to.include({ level: "info", message: "notification", logFilesInAll: 1_700 });
  });

  it("alerts a record without account and region anyway", async () => {
    const { calls, entry } = await handled({
      a: aLogFile(aRecord({ recipientAccountId: undefined, awsRegion: undefined, userIdentity: undefined })),
    });
    expect(entry.findings[0]).to.include({ outcome: "refused" });
    const { MessageAttributes } = calls.find(({ operation }) => operation === "Publish")?.input as {
      MessageAttributes: Record<string, { StringValue: string }>;
    };
    expect(Object.keys(MessageAttributes)).to.deep.equal(["severity", "detection", "outcome"]);
  });

  it("continues past an entry of the event that is not a notification", async () => {
    const { aws } = fakeAws({ "s3:GetObject": { Body: Readable.from([aLogFile()]) } });
    const lines: string[] = [];
    const platform = {
      aws,
      write: (line: string) => void lines.push(line),
      now: () => 0,
      pause: async () => {},
    };
    const { Records } = event(notification("a")) as { Records: unknown[] };
    const broken = { Records: [{ nothing: 1 }, ...Records] } as unknown as SNSEvent;
    const error = await createHandler(someSettings(), platform)(broken, invocation).catch((e: Error) => e);
    expect(String(error)).to.include('as entry 1 of 2 of the SNS event, found {"nothing":1}');
    // The table of this test cannot be reached either, and that is said as well.
    expect(String(error)).to.include("and it could not be alerted");
    expect(lines.map((line) => JSON.parse(line).message)).to.deep.equal(["unproven", "notification"]);
  });

  describe("leaves alone, and alerts as unproven,", () => {
    const logTopicArn = `arn:aws:sns:us-west-2:${account}:cloudtrail-logs-red`;
    const foreign = "999988887777";

    /** What is published, by what it says of itself, and what was done. */
    async function unproven(
      files: Record<string, Buffer>,
      own: { sent?: unknown; times?: number; items?: Record<string, Attributes>; detection?: Detection } = {},
    ) {
      const table = aTable(own.items);
      const published: Record<string, unknown>[] = [];
      const { aws, calls } = fakeAws({
        ...table.answers,
        "s3:GetObject": ({ Key }) => ({
          Body: Readable.from([Object.entries(files).find(([name]) => keyOf(name) === Key)?.[1] ?? ""]),
        }),
        "iam:ListAttachedUserPolicies": { AttachedPolicies: [] },
        "iam:DetachUserPolicy": {},
        "sns:Publish": ({ Message }) => {
          const { default: json } = JSON.parse(String(Message)) as { default: string };
          published.push(JSON.parse(json) as Record<string, unknown>);
          return {};
        },
      });
      const lines: string[] = [];
      const platform = {
        aws,
        write: (line: string) => void lines.push(line),
        now: () => aMinuteLater,
        pause: async () => {},
      };
      const handle = createHandler(someSettings({ logTopicArn }), platform, [own.detection ?? aDetection()]);
      let error: unknown;
      const sent = "sent" in own ? own.sent : event(notification(...Object.keys(files)));
      for (let time = 0; time < (own.times ?? 1); time++)
        error = await handle(sent as SNSEvent, invocation).then(
          () => undefined,
          (reason: Error) => reason.message,
        );
      const made = calls.map(({ service, operation }) => `${service}:${operation}`);
      return { published, made, error, items: table.items, entry: JSON.parse(String(lines.at(-1))) };
    }
    const file = { a: aLogFile(aRecord()) };
    const about = (own: object) => ({ Records: [{ Sns: { MessageId: "m-1", ...own } }] });
    const bucketOf = (s3Bucket: string, s3ObjectKey: string) =>
      about({ Message: JSON.stringify({ s3Bucket, s3ObjectKey: [s3ObjectKey] }), TopicArn: logTopicArn });
    const ours = "lambdasharp-red-cloudtrail";

    const forged: [what: string, sent: unknown, reason: RegExp][] = [
      [
        "a notification from another topic",
        about({ Message: notification("a"), TopicArn: `${logTopicArn}2` }),
        /from a topic that is not this system's: expected the topic .*logs-red in entry 1 of 1 .*logs-red2/,
      ],
      [
        "a notification of another bucket",
        bucketOf("mallory", keyOf("a")),
        /names a bucket that is not this system's: .*found bucket "mallory"/,
      ],
      [
        "a file of another account",
        bucketOf(ours, keyOf("a").replace(account, foreign)),
        /names a file that is none of the trail's: expected a key below/,
      ],
      [
        "a file that is no log file",
        bucketOf(ours, `AWSLogs/${account}/CloudTrail/x.sh`),
        /names a file that is none of the trail's: expected a log file/,
      ],
      ["a message of another form", about({ Message: "{}" }), /invoked with something that is none of its/],
      ["an event of S3 itself", { Records: [{ eventSource: "aws:s3", s3: {} }] }, /none of its events/],
      ["an event of nobody", { hello: "world" }, /none of its events: expected an SNS event/],
      ["what is nested deeper than the stack", { hello: deep() }, /none of its events: expected an SNS/],
      ["nothing", null, /none of its events/],
      ["no entries", { Records: [] }, /none of its events/],
      ["a text", "keep-baselines", /none of its events/],
      ["a schedule of another form", { cloudtrailer: "keep-baselines", at: "night" }, /none of its events/],
    ];
    for (const [what, sent, reason] of forged)
      it(what, async () => {
        const { published, made, error } = await unproven(file, { sent, times: 3 });
        expect(error, "so that it ends up in the failure queue").to.be.a("string");
        expect(published, "once an hour").to.have.length(1);
        expect(published[0]).to.deep.include({
          summary: "unproven",
          severity: "critical",
          outcome: "unproven",
        });
        expect(published[0]?.reason).to.match(reason);
        expect(made).not.to.include("s3:GetObject").and.not.to.include("iam:DetachUserPolicy");
      });

    it("not what the trail's own topic brings, beside what is not", async () => {
      const { Records } = bucketOf("mallory", keyOf("a"));
      const sent = {
        Records: [
          ...Records,
          { Sns: { MessageId: "m-2", Message: notification("a"), TopicArn: logTopicArn } },
          // Whoever invokes the function without a topic can only name log files that CloudTrail has written.
          { Sns: { MessageId: "m-3", Message: notification("a") } },
        ],
      };
      const { published, error } = await unproven(file, { sent });
      expect(published.map(({ outcome }) => outcome)).to.deep.equal(["unproven", "already-ok"]);
      expect(error).to.match(/1 errors/);
    });

    it("a record of another account that a detection matches, under an id of its own", async () => {
      const record = aRecord({ recipientAccountId: foreign });
      const { published, made, error, items, entry } = await unproven({ a: aLogFile(record) });
      expect(error).to.equal(undefined);
      expect(published).to.have.length(1);
      expect(published[0]).to.deep.include({ severity: "critical", outcome: "unproven" });
      expect(published[0]?.title).to.equal(
        "A record of another account: Administrator policy attached to a user",
      );
      expect(published[0]?.reason).to.match(
        /is of the account 999988887777, and stands in a log file of 111122223333/,
      );
      expect(made).not.to.include("iam:DetachUserPolicy");
      expect(entry.findings[0]).to.include({ outcome: "unproven" });
      expect(items, "the true finding is still to be claimed").not.to.have.property(aFinding().id);
    });

    it("a record of another account that no detection matches", async () => {
      const { published, entry } = await unproven(
        { a: aLogFile(aRecord({ recipientAccountId: foreign })) },
        { detection: aDetection({ match: () => undefined }), times: 2 },
      );
      expect(published).to.have.length(1);
      expect(published[0]?.reason).to.match(
        /records of another account: expected records of 111122223333 in .* found the event .* of 999988887777/,
      );
      expect(entry.failures).to.have.length(1);
      expect(entry.level).to.equal("error");
    });

    const legitimate: [what: string, record: Partial<CloudTrailRecord>][] = [
      // Cross-account calls, as CloudTrail writes them in the account whose resource was used.
      [
        "of a caller of another account",
        {
          userIdentity: { type: "AWSAccount", principalId: "AROAEXAMPLE:s", accountId: foreign },
          sharedEventID: "5d8dc5b8-0000-4000-8000-000000000001",
        },
      ],
      [
        "of a role of another account",
        {
          userIdentity: {
            type: "AssumedRole",
            arn: `arn:aws:sts::${foreign}:assumed-role/deploy/s`,
            accountId: foreign,
          },
        },
      ],
      ["of a service", { userIdentity: { type: "AWSService", invokedBy: "config.amazonaws.com" } }],
      ["of an old version that names no recipient", { recipientAccountId: undefined, eventVersion: "1.01" }],
      ["without a recipient", { recipientAccountId: null as unknown as string }],
      ["of another region in the same file", { awsRegion: "eu-west-1" }],
      ["about a resource of another account", { resources: [{ accountId: foreign, type: "AWS::KMS::Key" }] }],
    ];
    for (const [what, record] of legitimate)
      it(`and not a record ${what}`, async () => {
        const { published } = await unproven({ a: aLogFile(aRecord(record)) });
        expect(published).to.have.length(1);
        expect(published[0]).not.to.have.property("outcome", "unproven");
      });
  });

  it("does not run a detection in mode off", async () => {
    const { entry } = await handled({ a: aLogFile(aRecord()) }, undefined, {
      detections: { "iam-admin-policy-attached-user": { mode: "off" } },
    });
    expect(entry.findings).to.deep.equal([]);
    expect(entry.logFiles[0]).to.include({ records: 1, parsed: 0 });
  });

  describe("writes records to CloudWatch", () => {
    const files = { a: aLogFile(aRecord({ eventName: "ListUsers", eventID: "list" }), aRecord()) };
    const idsFor = async (records: Settings["records"]) =>
      (await handled(files, undefined, { records })).lines
        .slice(0, -1)
        .map((line) => JSON.parse(line).eventID);

    it("all", async () => {
      expect(await idsFor("all")).to.deep.equal(["list", aRecord().eventID]);
    });

    it("matched", async () => {
      expect(await idsFor("matched")).to.deep.equal([aRecord().eventID]);
    });

    it("none", async () => {
      expect(await idsFor("none")).to.deep.equal([]);
    });
  });
});
