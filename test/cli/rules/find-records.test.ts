import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { lookInBucket, lookUp } from "../../../cli/rules/find-records";
import { recordOfExample } from "../../../cli/rules/example-record";
import type { Call } from "../../../handlers/aws/call";

const now = Date.parse("2026-05-04T12:00:00Z");

function record(eventID: string, eventTime: string, event = "ec2:CreateTags") {
  const [service, eventName = ""] = event.split(":");
  return recordOfExample({ eventSource: `${service}.amazonaws.com`, eventName, eventID, eventTime }, "");
}

describe("records of the event history", () => {
  /** Answers with the pages, and keeps what was asked. */
  function history(...pages: object[][]) {
    const asked: Call["input"][] = [];
    const aws = ({ input }: Call) => {
      asked.push(input);
      const page = pages[asked.length - 1] ?? [];
      const Events = page.map((one) => ({ CloudTrailEvent: JSON.stringify(one) }));
      return Promise.resolve({
        Events,
        ...(asked.length < pages.length ? { NextToken: `${asked.length}` } : {}),
      });
    };
    return { aws, asked };
  }

  it("are the newest of an event, of its own service", async () => {
    const { aws, asked } = history([
      record("1", "2026-05-04T10:00:00Z"),
      record("2", "2026-05-04T10:00:02Z", "rds:CreateTags"),
      record("3", "2026-05-04T10:00:01Z"),
    ]);
    const found = await lookUp(aws, "eu-west-1", { event: "ec2:CreateTags", last: 1 });
    expect(found.map(({ eventID }) => eventID)).to.deep.equal(["3"]);
    expect(asked).to.deep.equal([
      { LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "CreateTags" }], MaxResults: 50 },
    ]);
  });

  it("come from as many pages as needed", async () => {
    const { aws, asked } = history(
      [record("1", "2026-05-04T10:00:02Z", "rds:CreateTags")],
      [record("2", "2026-05-04T10:00:01Z")],
      [record("3", "2026-05-04T10:00:00Z")],
    );
    const found = await lookUp(aws, "eu-west-1", { event: "ec2:CreateTags", last: 1 });
    expect(found.map(({ eventID }) => eventID)).to.deep.equal(["2"]);
    expect(asked.map(({ NextToken }) => NextToken)).to.deep.equal([undefined, "1"]);
  });

  it("are found by ID, or are the last changes", async () => {
    const byId = history([record("1", "2026-05-04T10:00:00Z")]);
    await lookUp(byId.aws, "eu-west-1", { eventID: "1", last: 1 });
    const versioned = history([record("2", "2026-05-04T10:00:00Z", "lambda:CreateFunction20150331")]);
    const found = await lookUp(versioned.aws, "eu-west-1", { event: "lambda:CreateFunction", last: 1 });
    expect(found.map(({ eventID }) => eventID)).to.deep.equal(["2"]);
    const last = history([]);
    await lookUp(last.aws, "eu-west-1", { last: 2 });
    expect(
      [...byId.asked, ...versioned.asked, ...last.asked].map(({ LookupAttributes }) => LookupAttributes),
    ).to.deep.equal([
      [{ AttributeKey: "EventId", AttributeValue: "1" }],
      [{ AttributeKey: "EventSource", AttributeValue: "lambda.amazonaws.com" }],
      [{ AttributeKey: "ReadOnly", AttributeValue: "false" }],
    ]);
  });
});

describe("records of a bucket", () => {
  /** A bucket with log files by key; keys are listed two at a time. */
  function bucketOf(files: Record<string, object[]>) {
    const read: string[] = [];
    const aws = ({ operation, input }: Call): Promise<Record<string, unknown>> => {
      const { Prefix = "", Delimiter, ContinuationToken, Key = "" } = input as Record<string, string>;
      if (operation === "GetObject") {
        read.push(Key);
        const bytes = gzipSync(JSON.stringify({ Records: files[Key] }));
        return Promise.resolve({ Body: { transformToByteArray: () => Promise.resolve(bytes) } });
      }
      const keys = Object.keys(files).filter((key) => key.startsWith(Prefix));
      if (Delimiter !== undefined) {
        const folders = keys.map((key) => key.slice(0, key.indexOf("/", Prefix.length) + 1));
        return Promise.resolve({ CommonPrefixes: [...new Set(folders)].map((one) => ({ Prefix: one })) });
      }
      const from = Number(ContinuationToken ?? 0);
      return Promise.resolve({
        Contents: keys.slice(from, from + 2).map((one) => ({ Key: one })),
        ...(from + 2 < keys.length ? { NextContinuationToken: String(from + 2) } : {}),
      });
    };
    return { aws, read };
  }

  const key = (region: string, day: string, time: string) =>
    `AWSLogs/111122223333/CloudTrail/${region}/${day}/111122223333_CloudTrail_${region}_${time}_x.json.gz`;

  it("are the newest in all regions of today and yesterday", async () => {
    const { aws, read } = bucketOf({
      [key("us-east-1", "2026/05/04", "20260504T1000Z")]: [record("1", "2026-05-04T09:55:00Z")],
      [key("us-east-1", "2026/05/04", "20260504T1005Z")]: [
        record("2", "2026-05-04T10:01:00Z", "iam:CreateUser"),
      ],
      [key("us-east-1", "2026/05/04", "20260504T1010Z")]: [record("3", "2026-05-04T10:06:00Z")],
      [key("eu-west-1", "2026/05/03", "20260503T1010Z")]: [record("4", "2026-05-03T10:06:00Z")],
      [key("eu-west-1", "2026/05/02", "20260502T1010Z")]: [record("5", "2026-05-02T10:06:00Z")],
    });
    const place = { bucket: "logs", region: "us-east-1" };
    const found = await lookInBucket(aws, place, { event: "ec2:CreateTags", last: 5 }, now);
    expect(found.map(({ eventID }) => eventID)).to.deep.equal(["3", "1", "4"]);
    expect(read.map((one) => /_(\d{8}T\d{4}Z)/.exec(one)?.[1])).to.deep.equal([
      "20260504T1010Z",
      "20260504T1005Z",
      "20260504T1000Z",
      "20260503T1010Z",
    ]);
  });
});
