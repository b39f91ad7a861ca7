import { Readable } from "node:stream";
import type { SNSEvent } from "aws-lambda";
import { expect } from "chai";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { cloudtrailTrailDeleted } from "../../../handlers/detections/cloudtrail/cloudtrail-trail-deleted";
import { s3AccessLoggingDisabled } from "../../../handlers/detections/s3/s3-access-logging-disabled";
import { createHandler } from "../../../handlers/index";
import {
  account,
  aLogFile,
  aMinuteLater,
  type Answers,
  aRecord,
  awsError,
  fakeAws,
  region,
  someSettings,
} from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";

const key = (bucket: string) => `baseline#AWS::S3::BucketLogging#${region}/${bucket}`;
const logging = (TargetPrefix: string) => ({ LoggingEnabled: { TargetBucket: "logs", TargetPrefix } });
const state = (TargetPrefix: string) => ({ GetBucketLogging: logging(TargetPrefix) });

/** Time of {@link aRecord}, epoch ms. */
const then = Date.parse(aRecord().eventTime);

/** The record of a call that sets a bucket's logging: none without a prefix. */
function aCall(bucketName: string, prefix?: string, own: Partial<CloudTrailRecord> = {}): CloudTrailRecord {
  return aRecord({
    eventSource: "s3.amazonaws.com",
    eventName: "PutBucketLogging",
    awsRegion: region,
    eventID: `${bucketName}-${prefix ?? "none"}`,
    requestParameters: {
      bucketName,
      BucketLoggingStatus: prefix === undefined ? "" : logging(prefix),
    },
    ...own,
  });
}

const alice = {
  userIdentity: { type: "IAMUser", arn: `arn:aws:iam::${account}:user/alice`, userName: "alice" },
};
const itself = {
  userIdentity: {
    type: "AssumedRole",
    sessionContext: {
      sessionIssuer: { type: "Role", arn: `arn:aws:iam::${account}:role/cloudtrailer-lambda-role-red` },
    },
  },
};

/** A function with one table and one S3, whose buckets log as set. */
function prepare(
  more: Answers = {},
  { remaining = 60_000, mode = "fix" as "fix" | "alert", catalogue = [s3AccessLoggingDisabled] } = {},
) {
  const table = aTable();
  const buckets: Record<string, Record<string, unknown>> = {};
  let file: Buffer = aLogFile();
  const { aws, calls } = fakeAws({
    "s3:GetObject": () => ({ Body: Readable.from([file]) }),
    "s3:GetBucketLogging": ({ Bucket }) => ({ $metadata: {}, ...buckets[String(Bucket)] }),
    "s3:PutBucketLogging": ({ Bucket, BucketLoggingStatus }) => {
      buckets[String(Bucket)] = BucketLoggingStatus as Record<string, unknown>;
      return {};
    },
    "sns:Publish": {},
    ...table.answers,
    ...more,
  });
  let clock = aMinuteLater;
  const lines: string[] = [];
  const handle = createHandler(
    someSettings({ mode }),
    { aws, write: (line) => void lines.push(line), now: () => clock, pause: async () => {} },
    catalogue,
  );
  const deliver = async (...records: CloudTrailRecord[]) => {
    file = aLogFile(...records);
    const s3ObjectKey = [`AWSLogs/${account}/CloudTrail/${region}/2026/05/04/a.json.gz`];
    const Message = JSON.stringify({ s3Bucket: "lambdasharp-red-cloudtrail", s3ObjectKey });
    const event = { Records: [{ Sns: { Message, MessageId: "m" } }] } as unknown as SNSEvent;
    await handle(event, { awsRequestId: "r", getRemainingTimeInMillis: () => remaining });
    return JSON.parse(String(lines.at(-1))) as {
      findings: { outcome: string; reason?: string }[];
      baselines?: { seen: number; written: number; passedOver: number; problems: string[] };
      errors: string[];
    };
  };
  /** The bucket logs like this, as seen at a time, epoch ms. */
  const seenAt = (at: number, bucket: string, prefix: string) => {
    const history = [...historyOf(bucket), { at, state: state(prefix) }];
    const version = { N: String(Number(table.items[key(bucket)]?.version?.N ?? 0) + 1) };
    const expiresAt = { N: String(clock / 1000 + 180 * 86_400) };
    table.items[key(bucket)] = { history: { S: JSON.stringify(history) }, version, expiresAt };
    buckets[bucket] = logging(prefix);
  };
  const historyOf = (bucket: string) =>
    JSON.parse(table.items[key(bucket)]?.history?.S ?? "[]") as {
      at: number;
      by?: string;
      state?: unknown;
    }[];
  return { deliver, seenAt, historyOf, buckets, calls, at: (ms: number) => (clock = ms) };
}

describe("baselines from events", () => {
  it("are read after the findings, once for all events of a resource", async () => {
    const { deliver, historyOf, buckets, calls } = prepare();
    buckets.data = logging("new/");
    const { baselines, errors } = await deliver(aCall("data", "old/"), aCall("data", "new/"));
    expect(baselines).to.deep.equal({ seen: 1, written: 1, passedOver: 0, problems: [] });
    expect(errors).to.deep.equal([]);
    expect(calls.filter(({ operation }) => operation === "GetBucketLogging")).to.have.length(1);
    expect(historyOf("data").at(-1)).to.deep.equal({ at: aMinuteLater, state: state("new/") });
  });

  it("restore what was there before an event, and not what the attacker had set by then", async () => {
    const { deliver, seenAt, buckets, historyOf } = prepare();
    seenAt(then - 60_000, "data", "good/");
    // The hourly run has seen the attacker's first call before the file of the second one arrives.
    seenAt(then + 20_000, "data", "attacker/");
    buckets.data = {};
    const { findings } = await deliver(aCall("data"));
    expect(findings[0]).to.include({ outcome: "fixed" });
    expect(buckets.data).to.deep.equal(logging("good/"));
    expect(historyOf("data").at(-1)?.state).to.deep.equal(state("good/"));
  });

  it("count an unseen change by the attacker just before as part of the same act", async () => {
    const { deliver, seenAt, buckets } = prepare();
    seenAt(then - 60_000, "data", "good/");
    buckets.data = {};
    const first = aCall("data", "attacker/", { eventTime: "2026-05-04T09:59:50Z" });
    const { findings } = await deliver(first, aCall("data"));
    expect(findings[0]).to.include({ outcome: "fixed" });
    expect(buckets.data).to.deep.equal(logging("good/"));
  });

  it("are unknown if somebody else had set it unseen, in this file or an earlier one", async () => {
    for (const together of [true, false]) {
      const { deliver, seenAt, buckets } = prepare();
      seenAt(then - 60_000, "data", "good/");
      const hers = aCall("data", "alice/", { ...alice, eventTime: "2026-05-04T09:59:50Z" });
      if (!together) await deliver(hers);
      buckets.data = {};
      const { findings } = await deliver(...(together ? [hers] : []), aCall("data"));
      expect(findings[0]?.outcome, together ? "together" : "apart").to.equal("needs-baseline");
      expect(buckets.data).to.deep.equal({});
    }
  });

  it("stay known after a fix of their own", async () => {
    const { deliver, seenAt, buckets } = prepare();
    seenAt(then - 600_000, "data", "good/");
    buckets.data = {};
    const fix = aCall("data", "good/", { ...itself, eventTime: "2026-05-04T09:58:00Z" });
    const { findings } = await deliver(fix, aCall("data"));
    expect(findings[0]).to.include({ outcome: "fixed" });
    expect(buckets.data).to.deep.equal(logging("good/"));
  });

  it("report what could not be read, remember that it was set, and fail nothing", async () => {
    const { deliver, historyOf, seenAt } = prepare({
      "s3:GetBucketLogging": () => {
        throw awsError("AccessDenied", "not s3:GetBucketLogging");
      },
    });
    seenAt(then - 60_000, "data", "good/");
    const { baselines, errors } = await deliver(aCall("data", "new/", alice));
    expect(errors).to.deep.equal([]);
    expect(baselines).to.deep.include({ seen: 0, written: 0, passedOver: 0 });
    expect(baselines?.problems).to.deep.equal([
      `unable to keep the baseline ${key("data")}: AccessDenied: not s3:GetBucketLogging`,
    ]);
    expect(historyOf("data").map(({ by }) => by)).to.deep.equal([
      undefined,
      `arn:aws:iam::${account}:user/alice`,
    ]);
  });

  it("do not keep a state that is too large, nor let an older one stand for it", async () => {
    const { deliver, historyOf, buckets, seenAt } = prepare();
    seenAt(then - 60_000, "data", "good/");
    buckets.data = logging("x".repeat(50_000));
    const { baselines } = await deliver(aCall("data", "new/"));
    expect(baselines?.problems[0]).to.match(
      /expected a state of at most 40000 characters, found one of 500\d\d/,
    );
    expect(historyOf("data").at(-1)).to.deep.equal({ at: aMinuteLater, by: "" });
  });

  it("are bounded for a flood, which is reported", async () => {
    const { deliver, calls } = prepare();
    const flood = Array.from({ length: 250 }, (_, index) => aCall(`bucket-${index}`, "x/"));
    const { baselines } = await deliver(...flood);
    expect(baselines).to.deep.include({ seen: 100, passedOver: 150 });
    expect(calls.filter(({ operation }) => operation === "GetBucketLogging")).to.have.length(100);
  });

  it("take kinds in turns, so that a flood of one hides no other", async () => {
    const trails = { "cloudtrail:GetTrail": {}, "cloudtrail:GetEventSelectors": {} };
    const catalogue = [s3AccessLoggingDisabled, cloudtrailTrailDeleted];
    const { deliver, calls } = prepare(trails, { catalogue });
    const flood = Array.from({ length: 250 }, (_, index) => aCall(`bucket-${index}`, "x/"));
    const requestParameters = { name: "main" };
    const trail = { eventSource: "cloudtrail.amazonaws.com", eventName: "UpdateTrail", awsRegion: region };
    await deliver(...flood, aRecord({ ...trail, requestParameters }));
    expect(calls.filter(({ operation }) => operation === "GetTrail")).to.have.length(1);
    expect(calls.filter(({ operation }) => operation === "GetBucketLogging")).to.have.length(99);
  });

  it("wait for the hourly run when time runs out", async () => {
    const { deliver, calls } = prepare({}, { remaining: 9_000 });
    const { baselines } = await deliver(aCall("data", "x/"));
    expect(baselines).to.deep.include({ seen: 0, passedOver: 1 });
    expect(calls.map(({ operation }) => operation)).to.deep.equal(["GetObject"]);
  });

  it("ignore calls that failed, other accounts, and kinds that no remediation uses", async () => {
    const { deliver } = prepare();
    const others = [
      aCall("data", "x/", { errorCode: "AccessDenied" }),
      aCall("data", "x/", { recipientAccountId: "999988887777" }),
      aRecord({ eventName: "CreateRole", requestParameters: { roleName: "r" } }),
    ];
    expect(await deliver(...others)).not.to.have.property("baselines");
    expect(await prepare({}, { mode: "alert" }).deliver(aCall("data", "x/"))).not.to.have.property(
      "baselines",
    );
  });
});
