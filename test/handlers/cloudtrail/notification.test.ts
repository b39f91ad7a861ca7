import { expect } from "chai";
import { accountOfKey, parseNotification } from "../../../handlers/cloudtrail/notification";

describe("parseNotification", () => {
  const place = { bucket: "logs", prefix: "AWSLogs/111122223333/" };
  const key =
    "AWSLogs/111122223333/CloudTrail/us-west-2/2026/05/04/111122223333_CloudTrail_us-west-2_a.json.gz";

  it("reads CloudTrail's own form with many keys", () => {
    const other = key.replace("_a.", "_b.");
    const message = JSON.stringify({ s3Bucket: "logs", s3ObjectKey: [key, other] });
    expect(parseNotification(message, place)).to.deep.equal({
      logFiles: [
        { bucket: "logs", key },
        { bucket: "logs", key: other },
      ],
      passedOver: [],
      refused: [],
    });
  });

  it("takes keys in CloudTrail's form as they are, and keys in S3's form as form-encoded", () => {
    const odd = "AWSLogs/111122223333/CloudTrail/us-west-2/a+b%20c.json.gz";
    const own = parseNotification(JSON.stringify({ s3Bucket: "logs", s3ObjectKey: odd }), place);
    const s3 = { bucket: { name: "logs" }, object: { key: odd } };
    const event = parseNotification(JSON.stringify({ Records: [{ eventSource: "aws:s3", s3 }] }), place);
    expect(own.logFiles[0]?.key).to.equal(odd);
    expect(event.logFiles[0]?.key).to.equal("AWSLogs/111122223333/CloudTrail/us-west-2/a b c.json.gz");
  });

  it("silently accepts the test messages of both services", () => {
    const nothing = { logFiles: [], passedOver: [], refused: [] };
    expect(parseNotification("CloudTrail validation message.", place)).to.deep.equal(nothing);
    const test = { Service: "Amazon S3", Event: "s3:TestEvent", Bucket: "logs" };
    expect(parseNotification(JSON.stringify(test), place)).to.deep.equal(nothing);
  });

  it("skips digests and insights", () => {
    const digest = "AWSLogs/111122223333/CloudTrail-Digest/us-west-2/2026/05/04/d.json.gz";
    const insight = "AWSLogs/111122223333/CloudTrail-Insight/us-west-2/2026/05/04/i.json.gz";
    const message = JSON.stringify({ s3Bucket: "logs", s3ObjectKey: [digest, insight, key] });
    const notification = parseNotification(message, place);
    expect(notification.passedOver).to.deep.equal([
      { key: digest, what: "digest" },
      { key: insight, what: "insight" },
    ]);
    expect(notification.logFiles).to.deep.equal([{ bucket: "logs", key }]);
  });

  it("refuses objects in other buckets and places, and says what it expected", () => {
    const refusedOf = (s3Bucket: string, s3ObjectKey: string) =>
      parseNotification(JSON.stringify({ s3Bucket, s3ObjectKey }), place).refused;
    expect(refusedOf("mallory", key)).to.deep.equal([
      { what: "bucket", problem: 'expected an object of bucket logs, found bucket "mallory"' },
    ]);
    expect(refusedOf("logs", "AWSLogs/999999999999/CloudTrail/a.json.gz")[0]?.problem).to.match(
      /below AWSLogs\/111122223333\//,
    );
    expect(refusedOf("logs", "AWSLogs/111122223333/CloudTrail/../x.json.gz")[0]?.problem).to.match(
      /^expected a key below/,
    );
    expect(refusedOf("logs", "AWSLogs/111122223333/CloudTrail/notes.txt")[0]?.problem).to.match(
      /^expected a log file/,
    );
  });

  it("knows the account of a log file by its key", () => {
    expect(accountOfKey(key)).to.equal("111122223333");
    expect(accountOfKey("team/AWSLogs/o-abc123/444455556666/CloudTrail/us-east-1/a.json.gz")).to.equal(
      "444455556666",
    );
    for (const other of [
      "AWSLogs/111122223333/CloudTrail-Digest/us-west-2/a.json.gz",
      "AWSLogs/CloudTrail/a.json.gz",
      "a.json.gz",
    ])
      expect(accountOfKey(other)).to.equal(undefined);
  });

  for (const message of [
    "",
    "hello",
    "null",
    "[]",
    "{}",
    '{"s3Bucket":"logs"}',
    '{"s3Bucket":"logs","s3ObjectKey":[]}',
    '{"s3Bucket":"logs","s3ObjectKey":[1]}',
    '{"Records":[]}',
    '{"Records":[{"Sns":{}}]}',
    '{"Records":[{"s3":{"bucket":{"name":"logs"},"object":{"key":"%"}}}]}',
  ])
    it(`throws an error that names what was found: ${message}`, () => {
      expect(() => parseNotification(message, place)).to.throw(
        `expected a CloudTrail notification {"s3Bucket","s3ObjectKey":[…]}, an S3 event`,
        JSON.stringify(message),
      );
    });
});
